package io.reflectbatch.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.ReadingPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StateFileBridge}.
 */
@ParameterizedClass
@EnumSource
class StateFileBridgeTests {

	private final TestDatabase database;

	private final Ledger ledger;

	private final StateFileBridge bridge;

	@TempDir
	private Path directory;

	StateFileBridgeTests(TestDatabase database) {
		this.database = database;
		this.ledger = new Ledger(database);
		this.bridge = bridge(this.ledger, "/logs/");
	}

	private static StateFileBridge bridge(Ledger ledger, String prefix) {
		return new StateFileBridge(ledger.files, new StateFileProperties(null, prefix), ledger.transactions);
	}

	@Test
	void bothPythonReadersSkipEveryFileThatWasImported() throws IOException {
		Random random = new Random(3);
		for (int number = 0; number < 100; number++) {
			Path file = log("p/" + number + ".jsonl", "{}\n", Instant
				.ofEpochSecond(random.nextLong(1_600_000_000L, 1_900_000_000L), random.nextInt(1_000_000_000)));
			importAsItIs(file);
		}
		this.ledger.register("p/pending.jsonl");
		assertThat(export()).isEqualTo(100);
		JsonNode files = JsonMapper.shared().readTree(state()).get("imported_files");
		assertThat(files.size()).isEqualTo(100);
		for (Map.Entry<String, JsonNode> entry : files.properties()) {
			Path file = logs().resolve(entry.getKey().substring("/logs/".length()));
			double modified = new FileStamp(0, Files.getLastModifiedTime(file).toInstant()).pythonModified();
			assertThat(isSkippedByA(entry.getValue(), modified)).isTrue();
			assertThat(isSkippedByB(entry.getValue(), modified)).isTrue();
			assertThat(isSkippedByA(entry.getValue(), Math.nextUp(modified))).isFalse();
		}
	}

	private static boolean isSkippedByA(JsonNode entry, double modified) {
		return modified <= entry.get("last_modified").doubleValue() && entry.get("last_imported").doubleValue() > 0;
	}

	private static boolean isSkippedByB(JsonNode entry, double modified) {
		return entry.get("last_modified").doubleValue() == modified;
	}

	@Test
	void adoptsAFileThatHasNotChangedAsItIs() throws IOException {
		Path file = log("p/a.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05.123456789Z"));
		assertThat(adopt(entry("p/a.jsonl", modified(file), 1767323100.5, 7))).isEqualTo(adoption(1, 0, 0, 0));
		KnownFile adopted = this.ledger.files.find("p/a.jsonl").orElseThrow();
		assertThat(adopted.status()).isEqualTo(KnownFile.Status.ADOPTED);
		assertThat(adopted.stamp()).isEqualTo(new FileStamp(3, Files.getLastModifiedTime(file).toInstant()));
		assertThat(adopted.recipe()).isEqualTo(Recipe.REFERENCE);
		assertThat(adopted.outcome()).isEqualTo(new Outcome(0, 7, ReadingPosition.START));
		assertThat(adopted.project()).isEqualTo("p");
		assertThat(adopted.conversationId()).isEqualTo("a");
		assertThat(adopted.root()).isEqualTo(logs().toString());
		assertThat(adopted.importedAt()).isEqualTo(Instant.ofEpochMilli(1767323100500L));
	}

	@Test
	void givesBackWhatItHasAdopted() throws IOException {
		Path file = log("p/a.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05.123456789Z"));
		adopt(entry("p/a.jsonl", modified(file), 1767323100.5, 7));
		assertThat(export()).isEqualTo(1);
		JsonNode entry = JsonMapper.shared().readTree(state()).get("imported_files").get("/logs/p/a.jsonl");
		assertThat(isSkippedByA(entry, modified(file))).isTrue();
		assertThat(isSkippedByB(entry, modified(file))).isTrue();
		assertThat(entry.get("chunks").intValue()).isEqualTo(7);
		assertThat(entry.get("last_imported").doubleValue()).isEqualTo(1767323100.5);
	}

	@Test
	void takesBackWhatItExportedCompressed() throws IOException {
		Path file = log("p/a.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05.123456789Z"));
		importAsItIs(file);
		Path compressed = this.directory.resolve("imported-files.json.gz");
		assertThat(this.bridge.export(compressed)).isEqualTo(1);
		assertThat(Files.readAllBytes(compressed)).startsWith(0x1f, 0x8b);
		Ledger other = new Ledger(this.database);
		StateFileBridge reader = bridge(other, "/logs/");
		assertThat(reader.adopt(compressed, logs())).isEqualTo(adoption(1, 0, 0, 0));
		assertThat(other.files.find("p/a.jsonl").orElseThrow().stamp())
			.isEqualTo(this.ledger.files.find("p/a.jsonl").orElseThrow().stamp());
	}

	@Test
	void aFileThatHasChangedIsToBeImportedFromItsBeginning() throws IOException {
		Path file = log("p/a.jsonl", "{}\n{}\n", Instant.parse("2026-01-02T03:04:05Z"));
		double before = modified(file) - 10;
		assertThat(adopt(entry("p/a.jsonl", before, 1767323100.5, 7))).isEqualTo(adoption(1, 1, 0, 0));
		KnownFile adopted = this.ledger.files.find("p/a.jsonl").orElseThrow();
		assertThat(adopted.stamp().size()).isEqualTo(FileStamp.UNKNOWN_SIZE);
		assertThat(adopted.stamp().pythonModified()).isEqualTo(before);
		export();
		JsonNode entry = JsonMapper.shared().readTree(state()).get("imported_files").get("/logs/p/a.jsonl");
		assertThat(isSkippedByA(entry, modified(file))).isFalse();
		assertThat(isSkippedByB(entry, modified(file))).isFalse();
	}

	@Test
	void aFileThatThePythonImporterHasOnlySeenCountsAsChanged() throws IOException {
		Path file = log("p/a.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05Z"));
		assertThat(adopt(entry("p/a.jsonl", modified(file), 0, 0))).isEqualTo(adoption(1, 1, 0, 0));
	}

	@Test
	void adoptsFilesThatAreNotOnThisMachine() throws IOException {
		Files.createDirectories(logs());
		assertThat(adopt(entry("p/gone.jsonl", 1.5, 2.5, 7))).isEqualTo(adoption(1, 0, 1, 0));
		assertThat(this.ledger.files.find("p/gone.jsonl").orElseThrow().stamp().pythonModified()).isEqualTo(1.5);
	}

	@Test
	void adoptsAFileWithNothingButATime() throws IOException {
		Path old = log("p/old.jsonl", "{}\n", Instant.parse("2025-07-30T03:38:19Z"));
		log("p/new.jsonl", "{}\n", Instant.parse("2025-07-30T03:38:21Z"));
		Files.writeString(state(), """
				{"imported_files": {"/logs/p/old.jsonl": "2025-07-30T03:38:20+00:00",
				  "/logs/p/new.jsonl": "2025-07-30T03:38:20+00:00"}}""");
		assertThat(adoptState()).isEqualTo(adoption(2, 1, 0, 0));
		assertThat(this.ledger.files.find("p/old.jsonl").orElseThrow().stamp().modified())
			.isEqualTo(Files.getLastModifiedTime(old).toInstant());
	}

	@Test
	void neverOverwritesWhatWasImportedHere() throws IOException {
		Path file = log("p/a.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05Z"));
		importAsItIs(file);
		KnownFile before = this.ledger.files.find("p/a.jsonl").orElseThrow();
		assertThat(adopt(entry("p/a.jsonl", 1, 2, 3))).isEqualTo(adoption(0, 0, 0, 1));
		assertThat(this.ledger.files.find("p/a.jsonl")).contains(before);
	}

	@Test
	void leavesAConversationAloneThatIsKnownUnderAnotherPath() throws IOException {
		ConversationFile moved = new ConversationFile(logs().resolve("p/s/subagents/agent-1.jsonl"), "p", "agent-1",
				true);
		this.ledger.files.register(moved, "p/s/subagents/agent-1.jsonl", logs().toString());
		assertThat(adopt(entry("p/agent-1.jsonl", 1, 2, 3))).isEqualTo(adoption(0, 0, 0, 1));
	}

	@Test
	void adoptsTwiceToTheSameEnd() throws IOException {
		Path file = log("p/a.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05Z"));
		String entry = entry("p/a.jsonl", modified(file), 2, 3);
		adopt(entry);
		assertThat(adopt(entry)).isEqualTo(adoption(1, 0, 0, 0));
		assertThat(this.ledger.files.pathsIn(logs().toString(), true)).containsExactly("p/a.jsonl");
	}

	@Test
	void takesTranscriptsOfSubagentsBackThatItExported() throws IOException {
		Path file = log("p/s/subagents/workflows/agent-1.jsonl", "{}\n", Instant.parse("2026-01-02T03:04:05Z"));
		importAsItIs(file);
		export();
		Ledger other = new Ledger(this.database);
		StateFileBridge reader = bridge(other, "/logs/");
		assertThat(reader.adopt(state(), logs())).isEqualTo(adoption(1, 0, 0, 0));
		assertThat(other.files.find("p", "agent-1")).hasValueSatisfying((adopted) -> {
			assertThat(adopted.path()).isEqualTo("p/s/subagents/workflows/agent-1.jsonl");
			assertThat(adopted.sidechain()).isTrue();
			assertThat(adopted.status()).isEqualTo(KnownFile.Status.ADOPTED);
		});
	}

	@Test
	void adoptsNothingElseOfWhatASessionKeeps() throws IOException {
		Adoption adoption = adopt(entry("p/s/subagents/journal.jsonl", 1, 2, 3) + ", "
				+ entry("p/s/tool-results/agent-1.jsonl", 1, 2, 3) + ", " + entry("p/s/agent-1.jsonl", 1, 2, 3));
		assertThat(adoption.adopted()).isZero();
		assertThat(adoption.foreignCount()).isEqualTo(3);
	}

	@Test
	void countsEntriesOfOtherPlaces() throws IOException {
		StringBuilder entries = new StringBuilder(entry("p/a.jsonl", 1, 2, 3));
		for (String path : new String[] { "/other/p/a.jsonl", "/logs/a.jsonl", "/logs/p/s/a.jsonl", "/logs/../a.jsonl",
				"/logs/p/a.txt", "/logsx/p/a.jsonl", "relative/a.jsonl", "/logs/p/\\u0000.jsonl" }) {
			entries.append(", \"").append(path).append("\": {\"last_modified\": 1.0, \"last_imported\": 2.0}");
		}
		Adoption adoption = adopt(entries.toString());
		assertThat(adoption.adopted()).isEqualTo(1);
		assertThat(adoption.foreignCount()).isEqualTo(8);
		assertThat(adoption.foreign()).containsExactly("/other/p/a.jsonl", "/logs/a.jsonl", "/logs/p/s/a.jsonl");
	}

	@Test
	void mapsAnotherPrefix() throws IOException {
		StateFileBridge other = bridge(this.ledger, "/home/x/logs");
		Files.writeString(state(), """
				{"imported_files": {"/home/x/logs/p/a.jsonl": {"last_modified": 1.0, "last_imported": 2.0}}}""");
		assertThat(other.adopt(state(), logs())).isEqualTo(adoption(1, 0, 1, 0));
		other.export(state());
		assertThat(Files.readString(state())).contains("\"/home/x/logs/p/a.jsonl\": {");
	}

	@Test
	void adoptsNothingOfADamagedFile() throws IOException {
		String damaged = "{\"imported_files\": {" + entry("p/a.jsonl", 1, 2, 3) + ",\n\"x\": 17}}";
		Files.writeString(state(), damaged);
		assertThatExceptionOfType(StateFileException.class).isThrownBy(this::adoptState)
			.withMessageContainingAll(state().toString(), "line 2");
		assertThat(this.ledger.files.find("p/a.jsonl")).isEmpty();
		assertThat(Files.readString(state())).isEqualTo(damaged);
	}

	private void importAsItIs(Path file) throws IOException {
		String path = logs().relativize(file).toString();
		PlannedFile planned = new PlannedFile(1, this.ledger.workList.nextNumber(1), this.ledger.register(path),
				Change.NEW, logs().toString(),
				new FileStamp(Files.size(file), Files.getLastModifiedTime(file).toInstant()),
				Ledger.survey(Files.size(file)), 0);
		this.ledger.workList.add(planned);
		this.ledger.finish(planned, 1);
	}

	private Path log(String path, String content, Instant modified) throws IOException {
		Path file = logs().resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
		return Files.setLastModifiedTime(file, FileTime.from(modified));
	}

	private static double modified(Path file) throws IOException {
		return new FileStamp(0, Files.getLastModifiedTime(file).toInstant()).pythonModified();
	}

	private static String entry(String path, double modified, double imported, int chunks) {
		return "\"/logs/%s\": {\"last_modified\": %s, \"last_imported\": %s, \"chunks_imported\": %d}".formatted(path,
				modified, imported, chunks);
	}

	private Adoption adopt(String entries) throws IOException {
		Files.writeString(state(), "{\"imported_files\": {" + entries + "}}");
		return adoptState();
	}

	private Adoption adoptState() {
		return this.bridge.adopt(state(), logs());
	}

	private int export() {
		return this.bridge.export(state());
	}

	private static Adoption adoption(int adopted, int changed, int missing, int known) {
		return new Adoption(adopted, changed, missing, known, List.of(), 0);
	}

	private Path logs() {
		return this.directory.resolve("logs");
	}

	private Path state() {
		return this.directory.resolve("imported-files.json");
	}

}
