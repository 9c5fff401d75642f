package io.reflectbatch.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StateFile}.
 */
@Timeout(60)
class StateFileTests {

	private static final StateFileEntry A = new StateFileEntry("/logs/-home-dev-app/a.jsonl", 1753846643.123456,
			Instant.parse("2025-07-30T03:38:20.5Z"), 150);

	private static final StateFileEntry B = new StateFileEntry("/logs/p/ä \"漢\".jsonl", 1753846643.0,
			Instant.parse("2025-07-30T03:38:20Z"), 0);

	private static final String GOLDEN = """
			{
			  "imported_files": {
			    "/logs/-home-dev-app/a.jsonl": {
			      "last_modified": 1753846643.123456,
			      "last_imported": 1753846700.5,
			      "chunks_imported": 150,
			      "imported_at": "2025-07-30T03:38:20.500Z",
			      "chunks": 150
			    },
			    "/logs/p/ä \\"漢\\".jsonl": {
			      "last_modified": 1753846643.0,
			      "last_imported": 1753846700.0,
			      "chunks_imported": 0,
			      "imported_at": "2025-07-30T03:38:20Z",
			      "chunks": 0
			    }
			  }
			}""";

	@TempDir
	private Path directory;

	@Test
	void writesTheKeysOfBothReadersAsPythonDoes() throws IOException {
		write(state(), A, B);
		assertThat(state()).hasContent(GOLDEN);
	}

	@Test
	void writesAnEmptyState() throws IOException {
		write(state());
		assertThat(read(state())).isEmpty();
	}

	@Test
	void readsWhatItWrites() {
		write(state(), A, B);
		assertThat(read(state())).containsExactly(A, B);
	}

	@Test
	void compressesAFileWhoseNameSaysSo() throws IOException {
		Path compressed = this.directory.resolve("imported-files.json.gz");
		write(compressed, A, B);
		try (GZIPInputStream input = new GZIPInputStream(Files.newInputStream(compressed))) {
			assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
		}
		assertThat(read(compressed)).containsExactly(A, B);
	}

	@Test
	void readsBothVersionsAndAMix() throws IOException {
		assertThat(readText("""
				{"version": 2, "imported_files": {
				  "/logs/p/a.jsonl": {"last_modified": 1.5, "last_imported": 2.5, "chunks_imported": 3},
				  "/logs/p/b.jsonl": {"imported_at": "2025-07-30T03:38:20Z", "last_modified": 1.5, "chunks": 4},
				  "/logs/p/c.jsonl": {"chunks": 5, "chunks_imported": 5, "last_imported": 2, "last_modified": 1,
				    "hash": "abc", "more": {"deep": [1, {"x": null}]}, "list": []}
				}, "projects": {"p": ["a"]}, "last": null}
				""")).containsExactly(new StateFileEntry("/logs/p/a.jsonl", 1.5, Instant.ofEpochMilli(2500), 3),
				new StateFileEntry("/logs/p/b.jsonl", 1.5, Instant.parse("2025-07-30T03:38:20Z"), 4),
				new StateFileEntry("/logs/p/c.jsonl", 1.0, Instant.ofEpochSecond(2), 5));
	}

	@ParameterizedTest
	@CsvSource({ "2025-07-30T03:38:20.123456+00:00, 2025-07-30T03:38:20.123456Z",
			"2025-07-30T03:38:20Z, 2025-07-30T03:38:20Z", "2025-07-30T05:38:20+02:00, 2025-07-30T03:38:20Z" })
	void readsBareTimes(String written, Instant expected) throws IOException {
		assertThat(readText("{\"imported_files\": {\"/logs/p/a.jsonl\": \"" + written + "\"}}"))
			.containsExactly(new StateFileEntry("/logs/p/a.jsonl", null, expected, 0));
	}

	@Test
	void takesATimeWithoutZoneForALocalOne() throws IOException {
		Instant local = LocalDateTime.parse("2025-07-30T03:38:20.123456").atZone(ZoneId.systemDefault()).toInstant();
		assertThat(readText("{\"imported_files\": {\"x\": \"2025-07-30T03:38:20.123456\"}}"))
			.containsExactly(new StateFileEntry("x", null, local, 0));
	}

	@Test
	void readsNumbersInAnyForm() throws IOException {
		assertThat(readText("""
				{"imported_files": {"x": {"last_modified": 1.753846643123456e9, "last_imported": 1.7538467005E+09,
				"chunks_imported": 1.5e2}}}""")).containsExactly(
				new StateFileEntry("x", 1753846643.123456, Instant.parse("2025-07-30T03:38:20.500Z"), 150));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"imported_files\": {}}", "{\"files\": {\"x\": 1}}\n", "  {} \n\n" })
	void readsStatesWithoutFiles(String text) throws IOException {
		assertThat(readText(text)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                                                    | 1 | end of the file
					[]                                                    | 1 | start object was expected, found start array
					{"imported_files": []}                                | 1 | start object was expected, found start array
					{"imported_files": null}                              | 1 | start object was expected, found value null
					{⏎"imported_files": {"x": 17}}                        | 2 | start object was expected, found value number
					{"imported_files": {"x": {⏎"last_modified": "now"}}}  | 2 | a number was expected for 'last_modified', found now
					{"imported_files": {"x": {⏎"last_modified": {}}}}     | 2 | a number was expected for 'last_modified'
					{"imported_files": {"x": {⏎"last_modified": 1e999}}}  | 2 | 'last_modified', found 1e999
					{"imported_files": {"x": {⏎"last_modified": 1e18}}}   | 2 | 'last_modified', found 1e18
					{"imported_files": {"x": {⏎"last_imported": -1}}}     | 2 | 'last_imported', found -1
					{"imported_files": {"x": {⏎"imported_at": "later"}}}  | 2 | an ISO-8601 time was expected, found 'later'
					{"imported_files": {"x": {⏎"imported_at": 17}}}       | 2 | an ISO-8601 time was expected, found '17'
					{"imported_files": {⏎⏎"x": "yesterday"}}              | 3 | an ISO-8601 time was expected, found 'yesterday'
					{"imported_files": {}}⏎}                              | 2 | Unexpected close marker
					{"imported_files": {}}⏎{}                             | 2 | the end of the file was expected, found start object
					{"imported_files": {}} garbage                        | 1 | garbage
					{"imported_files": {⏎"x": {"last_modified": NaN}}}    | 2 | NaN
					""")
	void saysWhereAStateIsDamagedAndLeavesItAlone(String text, int line, String what) throws IOException {
		String damaged = text.replace('⏎', '\n');
		assertThatExceptionOfType(StateFileException.class).isThrownBy(() -> readText(damaged))
			.withMessageContainingAll(state().toString(), "damaged in line " + line + ":", what, "left as it is");
		assertThat(Files.readString(state())).isEqualTo(damaged);
	}

	@Test
	void noticesWhereverAFileWasCutOff() throws IOException {
		for (int length = 0; length < GOLDEN.length(); length++) {
			String cut = GOLDEN.substring(0, length);
			assertThatExceptionOfType(StateFileException.class).isThrownBy(() -> readText(cut))
				.withMessageContaining("damaged in line " + (1 + cut.chars().filter((c) -> c == '\n').count()));
		}
	}

	@Test
	void noticesACompressedFileThatWasCutOff() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream output = new GZIPOutputStream(bytes)) {
			output.write(GOLDEN.getBytes(StandardCharsets.UTF_8));
		}
		Path compressed = this.directory.resolve("cut.gz");
		for (int length : new int[] { 0, 5, 60, bytes.size() - 1 }) {
			Files.write(compressed, Arrays.copyOf(bytes.toByteArray(), length));
			assertThatExceptionOfType(StateFileException.class).isThrownBy(() -> read(compressed))
				.withMessageContaining(compressed.toString());
		}
	}

	@Test
	void saysThatAFileIsMissing() {
		assertThatExceptionOfType(StateFileException.class).isThrownBy(() -> read(state()))
			.withMessageContainingAll("Cannot read", state().toString(), "NoSuchFileException");
	}

	@Test
	void saysThatADirectoryCannotBeWritten() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		Path below = file.resolve("imported-files.json");
		assertThatExceptionOfType(StateFileException.class).isThrownBy(() -> write(below, A))
			.withMessageContainingAll("Cannot write", below.toString(), "STATE_FILE");
	}

	@Test
	void keepsTheOldStateAndNoDebrisWhenWritingFails() throws IOException {
		write(state(), A);
		assertThatExceptionOfType(ArithmeticException.class)
			.isThrownBy(() -> new StateFile(state()).write((entries) -> {
				entries.accept(B);
				throw new ArithmeticException("the database is gone");
			}));
		assertThat(read(state())).containsExactly(A);
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(state());
		}
	}

	@Test
	void removesWhatADeadProcessHasLeftAndKeepsWhatALiveOneWrites() throws Exception {
		Path abandoned = Files.writeString(this.directory.resolve("imported-files.json.1.tmp"), "{");
		Path foreign = Files.writeString(this.directory.resolve("imported-files.json.gz"), "not ours");
		Path growing = this.directory.resolve("imported-files.json.2.tmp");
		Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), LockingProcess.class.getName(),
				growing.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (Reader locked = other.inputReader()) {
			assertThat(locked.read()).isEqualTo('L');
			write(state(), A);
			assertThat(abandoned).doesNotExist();
			assertThat(foreign).hasContent("not ours");
			assertThat(growing).exists();
		}
		finally {
			other.destroyForcibly().waitFor();
		}
		write(state(), A, B);
		assertThat(growing).doesNotExist();
		assertThat(read(state())).containsExactly(A, B);
	}

	@Test
	void aReaderNeverSeesHalfAState() {
		StateFileEntry[] many = Stream.iterate(0, (number) -> number + 1)
			.limit(300)
			.map((number) -> new StateFileEntry("/logs/p/" + number + ".jsonl", 1.5, Instant.ofEpochSecond(2), number))
			.toArray(StateFileEntry[]::new);
		write(state(), many);
		AtomicBoolean reading = new AtomicBoolean(true);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
			while (reading.get()) {
				write(state(), many);
			}
		});
		for (int i = 0; i < 100; i++) {
			assertThat(read(state())).hasSize(many.length);
		}
		reading.set(false);
		writer.join();
	}

	private Path state() {
		return this.directory.resolve("imported-files.json");
	}

	private List<StateFileEntry> readText(String text) throws IOException {
		return read(Files.writeString(state(), text));
	}

	private static List<StateFileEntry> read(Path file) {
		List<StateFileEntry> entries = new ArrayList<>();
		new StateFile(file).read(entries::add);
		return entries;
	}

	private static void write(Path file, StateFileEntry... entries) {
		new StateFile(file).write(List.of(entries)::forEach);
	}

	/**
	 * Another process that is writing a file, until it is killed.
	 */
	static final class LockingProcess {

		private LockingProcess() {
		}

		public static void main(String... args) throws Exception {
			try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				channel.lock();
				System.out.print('L');
				System.out.flush();
				Thread.sleep(Duration.ofMinutes(1));
			}
		}

	}

}
