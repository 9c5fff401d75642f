package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Imports real logs, which are not part of the project: {@code REAL_LOGS} names a
 * directory with {@code projects}, what the reference importer wrote for them in
 * {@code expected}, and sessions copy by copy in {@code growing}.
 */
@EnabledIfEnvironmentVariable(named = "REAL_LOGS", matches = ".+", disabledReason = "REAL_LOGS names no real logs")
class RealLogsTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path data = Path.of(Objects.requireNonNullElse(System.getenv("REAL_LOGS"), ""));

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path temporary;

	@Test
	void writesWhatTheReferenceWrote() throws IOException {
		QdrantServer server = QdrantServer.shared();
		Map<String, JsonNode> expected = new TreeMap<>();
		for (String line : Files.readAllLines(this.data.resolve("expected/points.jsonl"), StandardCharsets.UTF_8)) {
			JsonNode point = JSON.readTree(line);
			expected.put(point.get("collection").asString() + "/" + point.get("id").asLong(), point.get("payload"));
		}
		Map<String, JsonNode> written = new TreeMap<>();
		Map<String, Integer> chunks = new TreeMap<>();
		try (TestApplication application = TestApplication.start(Path.of("jobs/import-parity.yaml"),
				this.temporary.resolve("parity"), this.data.resolve("projects"),
				"reflect.store.qdrant.url=" + server.url())) {
			application.importNew();
			ConversationStore store = application.bean(ConversationStore.class);
			expected.keySet()
				.stream()
				.map((key) -> key.substring(0, key.indexOf('/')))
				.distinct()
				.forEach((collection) -> {
					store.forEach(collection,
							(point) -> written.put(collection + "/" + point.id(), JSON.valueToTree(point.payload())));
					server.delete(collection);
				});
			application.bean(FileLedger.class).forEach((file) -> {
				if (file.outcome().chunks() > 0) {
					chunks.put("/logs/" + file.path(), file.outcome().chunks());
				}
			});
		}
		assertThat(written).isEqualTo(expected);
		assertThat(chunks).isEqualTo(expectedChunks());
	}

	private Map<String, Integer> expectedChunks() throws IOException {
		Map<String, Integer> chunks = new TreeMap<>();
		JSON.readTree(Files.readString(this.data.resolve("expected/chunks-per-file.json")))
			.get("imported_files")
			.properties()
			.forEach((file) -> chunks.put(file.getKey(), file.getValue().get("chunks_imported").asInt()));
		return chunks;
	}

	@TestFactory
	Stream<DynamicTest> growsToWhatAFreshImportGives() throws IOException {
		return children(this.data.resolve("growing"))
			.map((session) -> DynamicTest.dynamicTest(session.getFileName().toString(), () -> grow(session)));
	}

	private void grow(Path session) throws IOException {
		Path base = this.temporary.resolve(session.getFileName());
		Path log = Files.createDirectories(base.resolve("logs/-home-dev-app")).resolve("session.jsonl");
		try (TestApplication application = TestApplication.start(base.resolve("home"), base.resolve("logs"))) {
			int written = 0;
			for (Path copy : children(session).toList()) {
				Files.write(log, Files.readAllBytes(copy));
				written += application.importNew().chunks();
			}
			SortedMap<String, ImportedPoint> fresh = TestApplication.importInto(base.resolve("fresh"),
					base.resolve("logs"));
			assertThat(application.points()).isEqualTo(fresh);
			// Only the last chunk of each copy came again.
			assertThat(written).isLessThan(fresh.size() + (int) children(session).count());
		}
	}

	private static Stream<Path> children(Path directory) {
		try (Stream<Path> children = Files.list(directory)) {
			return List.copyOf(children.sorted().toList()).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
