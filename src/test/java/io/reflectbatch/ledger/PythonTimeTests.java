package io.reflectbatch.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PythonTime}, {@link FileStamp} and the numbers in a state file.
 */
class PythonTimeTests {

	private static final int FILES = 200;

	private final Random random = new Random(7);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "0, 0, 0.0", "1753846643, 123456000, 1753846643.123456", "1753846643, 0, 1753846643.0",
			"1753846643, 999999999, 1753846644.0", "1753846643, 123456789, 1753846643.1234567",
			"1753846643, 100, 1753846643.0", "1753846643, 200, 1753846643.0000002", "1, 1, 1.000000001",
			"0, 1, 1e-09" })
	void isWhatCPythonComputes(long seconds, int nanos, double expected) {
		assertThat(new FileStamp(0, Instant.ofEpochSecond(seconds, nanos)).pythonModified()).isEqualTo(expected);
	}

	@Test
	void survivesTheWayToAnInstantAndBack() {
		for (int i = 0; i < 10_000; i++) {
			double seconds = new FileStamp(0, randomTime()).pythonModified();
			assertThat(new FileStamp(0, new PythonTime(seconds).toInstant()).pythonModified()).isEqualTo(seconds);
		}
	}

	@Test
	void pythonReadsExactlyTheTimeThatItSeesOnDisk() throws Exception {
		List<StateFileEntry> entries = new ArrayList<>();
		for (int number = 0; number < FILES; number++) {
			Path file = Files.createFile(this.directory.resolve(number + ".jsonl"));
			Files.setLastModifiedTime(file,
					FileTime.from((number > 0) ? randomTime() : Instant.ofEpochSecond(1753846643)));
			Instant modified = Files.getLastModifiedTime(file).toInstant();
			entries.add(
					new StateFileEntry(file.toString(), new FileStamp(0, modified).pythonModified(), Instant.now(), 1));
		}
		Path state = this.directory.resolve("imported-files.json");
		new StateFile(state).write(entries::forEach);
		assertThat(python("""
				import json, os, sys
				files = json.load(open(sys.argv[1]))["imported_files"]
				wrong = [f for f, e in files.items() if os.stat(f).st_mtime != e["last_modified"]]
				floats = all(type(e["last_modified"]) is type(e["last_imported"]) is float for e in files.values())
				print(len(files), len(wrong), floats)
				""", state)).isEqualTo(FILES + " 0 True");
	}

	private Instant randomTime() {
		return Instant.ofEpochSecond(this.random.nextLong(0, 4_000_000_000L), this.random.nextInt(1_000_000_000));
	}

	private static String python(String program, Path argument) throws Exception {
		Assumptions.assumeTrue(
				System.getenv("PATH") != null && List.of(System.getenv("PATH").split(":"))
					.stream()
					.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "python3"))),
				"python3 is not on the PATH");
		Process process = new ProcessBuilder("python3", "-c", program, argument.toString()).redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		return output.strip();
	}

}
