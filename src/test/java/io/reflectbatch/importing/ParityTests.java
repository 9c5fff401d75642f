package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * {@code jobs/import-parity.yaml} writes into a real Qdrant what the reference writes,
 * point by point. The README beside the logs says where the expectations come from.
 */
class ParityTests {

	private static final Path FIXTURE = Path.of("src/test/resources/parity");

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final EmbeddingProperties MODEL = new EmbeddingProperties(Precision.FP32, 128, DataSize.ofBytes(0),
			null);

	private static final QdrantServer SERVER = QdrantServer.shared();

	private static final List<Expected> EXPECTED = new ArrayList<>();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path home;

	private static Instant started = Instant.MAX;

	private static final Map<String, Long> COUNTS = new TreeMap<>();

	@BeforeAll
	static void importLogs() throws IOException {
		for (String line : Files.readAllLines(FIXTURE.resolve("points.jsonl"), StandardCharsets.UTF_8)) {
			EXPECTED.add(JSON.readValue(line, Expected.class));
		}
		deleteCollections();
		started = Instant.now();
		try (TestApplication application = TestApplication.start(Path.of("jobs/import-parity.yaml"), home,
				FIXTURE.resolve("projects"), "reflect.store.qdrant.url=" + SERVER.url())) {
			Set<String> before = new TreeSet<>(application.bean(ConversationStore.class).collections());
			application.importNew();
			for (String collection : application.bean(ConversationStore.class).collections()) {
				if (!before.contains(collection)) {
					COUNTS.put(collection, application.bean(ConversationStore.class).count(collection));
				}
			}
		}
	}

	@AfterAll
	static void deleteCollections() {
		collections().forEach(SERVER::delete);
	}

	private static Set<String> collections() {
		Set<String> collections = new TreeSet<>();
		EXPECTED.forEach((point) -> collections.add(point.collection()));
		return collections;
	}

	@Test
	void writesTheSameCollectionsWithAsManyPoints() {
		Map<String, Long> expected = new TreeMap<>();
		EXPECTED.forEach((point) -> expected.merge(point.collection(), 1L, Long::sum));
		assertThat(COUNTS).isEqualTo(expected);
	}

	@Test
	void writesTheSameIdsAndPayloads() {
		assertThat(EXPECTED).hasSize(8).allSatisfy((expected) -> {
			Map<String, Object> payload = JSON.convertValue(stored(expected).get("payload"),
					new TypeReference<TreeMap<String, Object>>() {
					});
			if (expected.payload().get(Point.TIMESTAMP) == null) {
				assertThat(Instant.parse((String) payload.get(Point.TIMESTAMP))).isBetween(started, Instant.now());
				payload.put(Point.TIMESTAMP, null);
			}
			assertThat(payload).isEqualTo(expected.payload());
		});
	}

	@Test
	void writesTheVectorsOfTheReferencesModel() {
		assertThat(EXPECTED).allSatisfy((expected) -> {
			JsonNode vector = stored(expected).get("vector");
			float[] embedded = TestBeans.model(MODEL).embed(expected.text()).vector();
			assertThat(vector.size()).isEqualTo(embedded.length);
			for (int i = 0; i < embedded.length; i++) {
				assertThat(vector.get(i).floatValue()).isCloseTo(embedded[i], within(1e-6f));
			}
		});
	}

	@Test
	void writesTheSameChunkCountsIntoTheStateFile() throws IOException {
		JsonNode files = JSON.readTree(Files.readString(home.resolve("imported-files.json"))).get("imported_files");
		Map<String, Integer> counts = new TreeMap<>();
		files.properties().forEach((file) -> {
			assertThat(file.getValue().get("chunks_imported")).isEqualTo(file.getValue().get("chunks"));
			counts.put(file.getKey(), file.getValue().get("chunks").intValue());
		});
		assertThat(counts).isEqualTo(JSON.readValue(Files.readString(FIXTURE.resolve("chunks-per-file.json")),
				new TypeReference<TreeMap<String, Integer>>() {
				}));
	}

	private static JsonNode stored(Expected expected) {
		return JSON.readTree(SERVER.get("/collections/" + expected.collection() + "/points/" + expected.id()))
			.get("result");
	}

	/**
	 * A line of {@code points.jsonl}.
	 *
	 * @param collection the collection
	 * @param id the id
	 * @param payload the payload
	 */
	private record Expected(String collection, long id, TreeMap<String, Object> payload) {

		String text() {
			return (String) Objects.requireNonNull(this.payload.get(Point.TEXT));
		}

	}

}
