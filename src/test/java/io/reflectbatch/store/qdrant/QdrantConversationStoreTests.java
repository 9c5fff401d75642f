package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.ConversationStoreContract;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.WordQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QdrantConversationStoreTests extends ConversationStoreContract {

	private static final String REFERENCE = """
			{"vectors": {"size": 8, "distance": "Cosine"}}""";

	private final QdrantServer server = QdrantServer.shared();

	@Override
	protected ConversationStore connect(VectorSpace space) {
		return new QdrantConversationStore(this.server.settings(), space);
	}

	@Override
	protected void drop(String collection) {
		this.server.delete(collection);
	}

	@Test
	void searchesTheCollectionOnlyForATailThatThereIs() throws IOException {
		String collection = filled(open(), 12);
		try (QdrantProxy proxy = QdrantProxy.before(this.server);
				ConversationStore store = new QdrantConversationStore(through(proxy),
						new VectorSpace("local", DIMENSION))) {
			store.deleteFrom(collection, "conversation", 12);
			store.deleteFrom(collection, "another", 0);
			assertThat(proxy.calls()).containsOnly("Get");
			store.deleteFrom(collection, "conversation", 9);
			assertThat(proxy.calls()).containsOnlyOnce("Delete");
			assertThat(store.count(collection)).isEqualTo(9);
		}
	}

	private QdrantSettings through(QdrantProxy proxy) {
		QdrantSettings settings = this.server.settings();
		return new QdrantSettings(URI.create("http://127.0.0.1"), proxy.grpcPort(), settings.apiKey(),
				settings.deadline(), settings.retryFor());
	}

	@Test
	void createsWhatTheReferenceCreates() {
		String reference = newCollection();
		this.server.create(reference, REFERENCE);
		String ours = filled(open(), 0);
		assertThat(configuration(ours)).isEqualTo(configuration(reference)).contains("\"distance\":\"Cosine\"");
	}

	private String configuration(String collection) {
		String info = this.server.get("/collections/" + collection);
		return info.substring(info.indexOf("\"config\""), info.indexOf("\"payload_schema\""));
	}

	@Test
	void writesToWhatTheReferenceHasCreated() {
		String collection = newCollection();
		this.server.create(collection, REFERENCE);
		ConversationStore store = open();
		store.ensureCollection(collection);
		store.upsert(collection, points("conversation", 2));
		assertThat(store.count(collection)).isEqualTo(2);
	}

	@Test
	void searchesWhatTheReferenceHasWrittenWithAnIndexAndWithout() {
		String collection = newCollection();
		this.server.create(collection, REFERENCE);
		this.server.put("/collections/" + collection + "/points?wait=true", """
				{"points": [{"id": 5, "vector": [0, 1, 0, 0, 0, 0, 0, 0],
				             "payload": {"text": "USER: set GRPC_PORT", "timestamp": "2026-01-01T10:00:00.5"}}]}""");
		String before = this.server.get("/collections/" + collection + "/points/5");
		ConversationStore store = open();
		PointFilter filter = PointFilter.in(List.of(collection));
		assertThat(store.search(WordQuery.of("grpc"), filter, 5)).isEmpty();
		assertThat(store.search(WordQuery.of("set"), filter, 5)).extracting(ScoredPoint::id).containsExactly(5L);
		store.ensureCollection(collection);
		assertThat(store.search(WordQuery.of("grpc port"), filter, 5)).extracting(ScoredPoint::id).containsExactly(5L);
		assertThat(this.server.get("/collections/" + collection + "/points/5").replaceAll("\"time\":[^}]*", ""))
			.isEqualTo(before.replaceAll("\"time\":[^}]*", ""));
	}

	@Test
	void leavesOutWhatIsNullInAPayload() {
		String collection = newCollection();
		this.server.create(collection, REFERENCE);
		this.server.put("/collections/" + collection + "/points?wait=true", """
				{"points": [{"id": 5, "vector": [0, 1, 0, 0, 0, 0, 0, 0],
				             "payload": {"null": null, "list": [1, null, {"null": null, "key": 1.5}]}}]}""");
		assertThat(open().find(collection, List.of(5L)).getFirst().payload())
			.containsOnly(Map.entry("list", List.of(1, Map.of("key", 1.5))));
	}

	/** A limit of Qdrant's tokenizer: a number that stands alone is not in its index. */
	@Test
	void aNumberCountsWhereAnotherWordHasFoundThePoint() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		store.upsert(collection, List.of(new Point(1, unit(0), Map.of(Point.TEXT, "exit code 1")),
				new Point(2, unit(0), Map.of(Point.TEXT, "exit code 137"))));
		PointFilter filter = PointFilter.in(List.of(collection));
		assertThat(store.search(WordQuery.of("exit 137"), filter, 5)).extracting(ScoredPoint::id)
			.containsExactly(2L, 1L);
		assertThat(store.search(WordQuery.of("137"), filter, 5)).isEmpty();
	}

	@Test
	void writesNothingThatTheSearchServerOfTheReferenceDoesNotKnow() {
		String collection = filled(open(), 1);
		assertThat(configuration(collection)).doesNotContain("sparse_vectors");
		assertThat(this.server.get("/collections/" + collection)).contains("\"payload_schema\":{\"text\":");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"vectors": {"size": 8, "distance": "Dot"}}                  | one unnamed vector of 8 dimensions with Dot distance
					{"vectors": {"dense": {"size": 8, "distance": "Cosine"}}}    | named vectors [dense]
					{"sparse_vectors": {"words": {}}}                            | no dense vector
					""")
	void rejectsACollectionOfAnotherShape(String definition, String found) {
		String collection = newCollection();
		this.server.create(collection, definition);
		ConversationStore store = open();
		assertThatExceptionOfType(StoreRejectedException.class).isThrownBy(() -> store.ensureCollection(collection))
			.withMessageContainingAll("Collection '" + collection + "' has " + found,
					"expected one unnamed vector of 8 dimensions with Cosine distance", "import again");
	}

	@Test
	void doesNotListTheCollectionsOfOthers() {
		String other = newCollection().replace("_local", "_other");
		this.server.create(other, REFERENCE);
		try {
			assertThat(open().collections()).doesNotContain(other);
		}
		finally {
			this.server.delete(other);
		}
	}

	@Test
	void createsACollectionOnceWhenManyTry() throws Exception {
		ConversationStore store = open();
		String collection = newCollection();
		Callable<Object> creation = Executors.callable(() -> store.ensureCollection(collection));
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			for (Future<Object> created : threads.invokeAll(Collections.nCopies(8, creation), 60, TimeUnit.SECONDS)) {
				created.get();
			}
		}
		assertThat(store.count(collection)).isZero();
	}

	@Test
	void takesAPointAsLargeAsQdrantDoes() {
		ConversationStore store = open();
		String collection = filled(store, 1);
		store.upsert(collection, List.of(large(UpsertRequests.POINT_BYTES - 1_000), point("small", 0)));
		assertThat(store.count(collection)).isEqualTo(3);
	}

	@Test
	void rejectsALargerPoint() {
		ConversationStore store = open();
		String collection = filled(store, 1);
		assertThatExceptionOfType(StoreRejectedException.class)
			.isThrownBy(() -> store.upsert(collection, List.of(large(UpsertRequests.POINT_BYTES))))
			.withMessageContainingAll("Point 77 (chunk 3 of conversation 'long')", collection,
					"at most 31457280 are sent", "chunking: windows");
		assertThat(store.count(collection)).isOne();
	}

	private static Point large(int bytes) {
		return new Point(77, unit(0),
				Map.of(Point.TEXT, "x".repeat(bytes), Point.CONVERSATION_ID, "long", Point.CHUNK_INDEX, 3));
	}

}
