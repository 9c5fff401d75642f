package io.reflectbatch.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * What every store does alike.
 */
public abstract class ConversationStoreContract {

	protected static final int DIMENSION = 8;

	private static final Random random = new Random();

	private final List<ConversationStore> opened = new ArrayList<>();

	private final List<String> collections = new ArrayList<>();

	/**
	 * Opens the same store anew.
	 * @param space whose collections and vectors they are
	 */
	protected abstract ConversationStore connect(VectorSpace space);

	/**
	 * Removes a collection behind the store's back, where that is needed.
	 * @param collection one that a test has used
	 */
	protected void drop(String collection) {
	}

	protected final ConversationStore open() {
		return open(DIMENSION);
	}

	protected final ConversationStore open(int dimension) {
		ConversationStore store = connect(new VectorSpace("local", dimension));
		this.opened.add(store);
		return store;
	}

	protected final String newCollection() {
		String collection = "conv_%08x_local".formatted(random.nextInt());
		this.collections.add(collection);
		return collection;
	}

	@AfterEach
	void closeAll() {
		this.opened.forEach(ConversationStore::close);
		this.collections.forEach(this::drop);
	}

	@Test
	void answersWhenItIsReachable() {
		open().verifyReachable();
	}

	@Test
	void aNewCollectionIsEmptyAndListed() {
		ConversationStore store = open();
		String collection = newCollection();
		assertThat(store.collections()).doesNotContain(collection);
		store.ensureCollection(collection);
		assertThat(store.collections()).contains(collection).isSorted();
		assertThat(store.count(collection)).isZero();
		assertThat(store.search(unit(0), List.of(collection), 5)).isEmpty();
	}

	@Test
	void ensuringACollectionTwiceKeepsItsPoints() {
		ConversationStore store = open();
		String collection = filled(store, 3);
		store.ensureCollection(collection);
		assertThat(store.count(collection)).isEqualTo(3);
	}

	@Test
	void rejectsACollectionOfAnotherDimension() {
		String collection = filled(open(), 1);
		closeStores();
		ConversationStore other = open(DIMENSION / 2);
		assertThatExceptionOfType(StoreRejectedException.class).isThrownBy(() -> other.ensureCollection(collection))
			.withMessageContainingAll(collection, "8 dimensions", "expected", "4 dimensions");
	}

	@Test
	void rejectsAPointOfAnotherDimension() {
		ConversationStore store = open();
		String collection = filled(store, 1);
		Point point = new Point(7, new float[] { 1, 0 }, Map.of());
		assertThatExceptionOfType(StoreRejectedException.class)
			.isThrownBy(() -> store.upsert(collection, List.of(point)))
			.withMessageContainingAll("Point 7", "2 dimensions", "expected 8");
		assertThat(store.count(collection)).isOne();
	}

	@Test
	void rejectsPointsForAMissingCollection() {
		ConversationStore store = open();
		String missing = newCollection();
		assertThatExceptionOfType(StoreRejectedException.class)
			.isThrownBy(() -> store.upsert(missing, List.of(point("a", 0))))
			.withMessageContaining(missing);
	}

	@Test
	void aPointReplacesTheOneWithItsId() {
		ConversationStore store = open();
		String collection = filled(store, 1);
		store.upsert(collection,
				List.of(new Point(1, unit(0), Map.of("text", "old")), new Point(2, unit(1), Map.of("text", "other"))));
		store.upsert(collection, List.of(new Point(1, unit(2), Map.of("text", "new"))));
		assertThat(store.count(collection)).isEqualTo(3);
		ScoredPoint found = best(store, unit(2), collection);
		assertThat(found.id()).isOne();
		assertThat(found.payload()).containsOnly(Map.entry("text", "new"));
	}

	@Test
	void theSameIdLivesInTwoCollections() {
		ConversationStore store = open();
		String first = filled(store, 2);
		String second = filled(store, 2);
		store.deleteFrom(first, "conversation", 0);
		assertThat(store.count(first)).isZero();
		assertThat(store.count(second)).isEqualTo(2);
	}

	@Test
	void deletesALongTail() {
		ConversationStore store = open();
		String collection = filled(store, 3 * ConversationStore.GAP);
		store.deleteFrom(collection, "conversation", 3 * ConversationStore.GAP);
		assertThat(store.count(collection)).isEqualTo(3 * ConversationStore.GAP);
		store.deleteFrom(collection, "conversation", 20);
		assertThat(store.count(collection)).isEqualTo(20);
	}

	@Test
	void deletesAConversationWithGaps() {
		ConversationStore store = open();
		String collection = filled(store, 2);
		store.upsert(collection, points("other", 2));
		store.upsert(collection, List.of(point("conversation", 2 * ConversationStore.GAP)));
		store.deleteConversation(collection, "conversation");
		assertThat(store.count(collection)).isEqualTo(2);
		assertThat(store.find(collection, List.of(PointIds.id("other", 0), PointIds.id("other", 1)))).hasSize(2);
	}

	@Test
	void deletesTheTailOfOneConversation() {
		ConversationStore store = open();
		String collection = filled(store, 12);
		store.upsert(collection, points("other", 12));
		store.deleteFrom(collection, "conversation", 9);
		assertThat(store.count(collection)).isEqualTo(9 + 12);
		assertThat(store.search(unit(0), List.of(collection), 100))
			.filteredOn((found) -> "conversation".equals(found.payload().get(Point.CONVERSATION_ID)))
			.extracting((found) -> found.payload().get(Point.CHUNK_INDEX))
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 9).boxed().toList());
	}

	@Test
	void passesOnEveryPointOfACollectionWithItsPayload() {
		ConversationStore store = open();
		String collection = filled(store, 600);
		filled(store, 3);
		List<StoredPoint> points = new ArrayList<>();
		store.forEach(collection, points::add);
		assertThat(points).extracting(StoredPoint::id).doesNotHaveDuplicates().hasSize(600);
		assertThat(points).extracting((point) -> point.payload().get(Point.CHUNK_INDEX))
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 600).boxed().toList());
	}

	@Test
	void findsPointsByTheirIds() {
		ConversationStore store = open();
		String collection = filled(store, 4);
		List<StoredPoint> points = new ArrayList<>();
		store.forEach(collection, points::add);
		assertThat(store.find(collection, List.of(points.get(0).id(), points.get(2).id(), 4711L)))
			.containsExactlyInAnyOrder(points.get(0), points.get(2));
		assertThat(store.find(collection, List.of())).isEmpty();
		assertThat(store.find(newCollection(), List.of(points.get(0).id()))).isEmpty();
	}

	@Test
	void deletesPointsByTheirIds() {
		ConversationStore store = open();
		String collection = filled(store, 4);
		List<StoredPoint> points = new ArrayList<>();
		store.forEach(collection, points::add);
		store.delete(collection, List.of(points.get(0).id(), points.get(2).id(), 4711L));
		List<StoredPoint> left = new ArrayList<>();
		store.forEach(collection, left::add);
		assertThat(left).containsExactlyInAnyOrder(points.get(1), points.get(3));
	}

	@Test
	void dropsACollectionOfAnotherModel() {
		String former = filled(open(), 20);
		ConversationStore store = openForAnotherModel();
		String kept = store.collectionOf("project");
		this.collections.add(kept);
		store.ensureCollection(kept);
		store.upsert(kept, points("conversation", 3));
		assertThat(store.everyCollection()).contains(former, kept);
		store.drop(former);
		store.drop(former);
		assertThat(store.everyCollection()).contains(kept).doesNotContain(former);
		assertThat(store.count(former)).isZero();
		assertThat(store.count(kept)).isEqualTo(3);
		closeStores();
		ConversationStore again = open();
		assertThat(again.collections()).doesNotContain(former);
		again.ensureCollection(former);
		assertThat(again.count(former)).isZero();
	}

	@Test
	void dropsNoCollectionOfItsOwnModelOrOfOthers() {
		ConversationStore store = open();
		String own = filled(store, 2);
		Stream.of(own, "reflections_local", "conv_0123abcd_voyage", "xconv_0123abcd_local")
			.forEach((collection) -> assertThatExceptionOfType(StoreRejectedException.class)
				.isThrownBy(() -> store.drop(collection))
				.withMessageContaining(collection));
		assertThat(store.count(own)).isEqualTo(2);
	}

	private ConversationStore openForAnotherModel() {
		closeStores();
		ConversationStore store = connect(
				new VectorSpace("model-%08x_%d_0123abcd".formatted(random.nextInt(), DIMENSION), DIMENSION));
		this.opened.add(store);
		return store;
	}

	@Test
	void aMissingCollectionIsEmpty() {
		ConversationStore store = open();
		String missing = newCollection();
		store.deleteFrom(missing, "conversation", 0);
		store.deleteConversation(missing, "conversation");
		store.delete(missing, List.of(1L));
		store.forEach(missing, (point) -> fail("nothing is in it, but " + point));
		assertThat(store.count(missing)).isZero();
		assertThat(store.search(unit(0), List.of(missing), 3)).isEmpty();
		assertThat(store.collections()).doesNotContain(missing);
	}

	@Test
	void anEmptyListOfPointsIsNothing() {
		ConversationStore store = open();
		String collection = filled(store, 1);
		store.upsert(collection, List.of());
		assertThat(store.count(collection)).isOne();
	}

	@Test
	void findsTheNearestOverAllCollectionsWithTheirCosine() {
		ConversationStore store = open();
		List<float[]> vectors = IntStream.range(0, 60).mapToObj(ConversationStoreContract::randomVector).toList();
		List<String> collections = List.of(filled(store, 0), filled(store, 0), filled(store, 0), newCollection());
		for (int id = 0; id < vectors.size(); id++) {
			store.upsert(collections.get(id % 3), List.of(new Point(id, vectors.get(id), Map.of())));
		}
		float[] question = normalized(randomVector(1_000));
		double[] cosines = vectors.stream().mapToDouble((vector) -> cosine(question, vector)).toArray();

		List<ScoredPoint> found = store.search(question, collections, 10);

		assertThat(found).extracting((point) -> (int) point.id())
			.containsExactlyElementsOf(IntStream.range(0, cosines.length)
				.boxed()
				.sorted(Comparator.comparingDouble((id) -> -cosines[id]))
				.limit(10)
				.toList());
		assertThat(found).allSatisfy((point) -> {
			assertThat(point.score()).isCloseTo(cosines[(int) point.id()], within(1e-4));
			assertThat(point.collection()).isEqualTo(collections.get((int) (point.id() % 3)));
		});
	}

	@Test
	void scoresReachFromMinusOneToOne() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		float[] opposite = unit(0);
		opposite[0] = -1;
		store.upsert(collection, List.of(new Point(1, unit(0), Map.of()), new Point(2, unit(1), Map.of()),
				new Point(3, opposite, Map.of())));
		assertThat(store.search(unit(0), List.of(collection), 3)).extracting(ScoredPoint::score)
			.usingComparatorForType((a, b) -> (Math.abs(a - b) < 1e-4) ? 0 : Double.compare(a, b), Double.class)
			.containsExactly(1.0, 0.0, -1.0);
	}

	@Test
	void namesTheProjectOfACollection() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		String empty = filled(store, 0);
		store.upsert(collection, List.of(new Point(1, unit(0), Map.of(Point.PROJECT, "-home-dev-app"))));
		assertThat(store.projects()).containsEntry(collection, "-home-dev-app").doesNotContainKey(empty);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			QDRANT__SERVICE__GRPC_PORT      | 0
			qdrant__service__grpc_port      | 0
			grpc                            | 0
			ConversationStore               | 1
			where is conversationstore      | 1
			java.util.List                  | 2
			\u6570\u636e\u5e93           | 3
			\u8fde\u63a5\u6c60           | 3
			\u043c\u0438\u0433\u0440\u0430\u0446\u0438\u044f | 4
			\ub370\uc774\ud130\ubca0\uc774\uc2a4\ub97c | 5
			the exit code 137               | 6
			""")
	void findsWords(String question, long best) {
		assertThat(words(question)).first().extracting(ScoredPoint::id).isEqualTo(best);
	}

	@Test
	void findsNothingWhereNoWordIs() {
		assertThat(words("zebra")).isEmpty();
		assertThat(words("?!")).isEmpty();
		assertThat(words("")).isEmpty();
	}

	@Test
	void rareWordsCountMoreThanFrequentOnesAndTwoMoreThanOne() {
		List<ScoredPoint> found = words("the code of container exit");
		assertThat(found).extracting(ScoredPoint::id).startsWith(6L);
		assertThat(found).extracting(ScoredPoint::score).allSatisfy((score) -> assertThat(score).isPositive());
		assertThat(found).extracting((point) -> -point.score()).isSorted();
	}

	@ParameterizedTest
	@CsvSource({ "port \"service grpc\", 0", "\"exit code 137\", 6", "code \"137 code\", -1", "\"GRPC_PORT\", 0" })
	void bothSearchesFindOnlyWhatHasThePhrase(String question, long only) {
		List<Long> expected = (only < 0) ? List.of() : List.of(only);
		assertThat(words(question)).extracting(ScoredPoint::id).containsExactlyElementsOf(expected);
		WordQuery words = WordQuery.of(question);
		PointFilter filter = new PointFilter(this.collections, null, null, words.phrases());
		assertThat(this.opened.getFirst().search(unit(0), filter, 10)).extracting(ScoredPoint::id)
			.containsExactlyElementsOf(expected);
	}

	private List<ScoredPoint> words(String question) {
		ConversationStore store = this.opened.isEmpty() ? open() : this.opened.getFirst();
		String collection = filled(store, 0);
		List<String> texts = List.of("USER: set QDRANT__SERVICE__GRPC_PORT to another port",
				"ASSISTANT: every ConversationStore keeps points", "USER: is java.util.List or a set better",
				"USER: \u6211\u4eec\u7684\u6570\u636e\u5e93\u8fde\u63a5\u6c60\u7528\u5b8c\u4e86",
				"USER: \u043c\u0438\u0433\u0440\u0430\u0446\u0438\u044f \u0431\u0430\u0437\u044b",
				"USER: \ub370\uc774\ud130\ubca0\uc774\uc2a4\ub97c \uc5f0\uacb0",
				"ASSISTANT: the exit code 137 of the container", "ASSISTANT: the code of the filter, the tests");
		List<Point> points = IntStream.range(0, texts.size())
			.mapToObj((id) -> new Point(id, unit(id % DIMENSION), Map.of(Point.TEXT, texts.get(id))))
			.toList();
		store.upsert(collection, points);
		WordQuery words = WordQuery.of(question);
		return store.search(words, new PointFilter(List.of(collection, newCollection()), null, null, words.phrases()),
				10);
	}

	@Test
	void findsWordsOverAllCollectionsAsIfTheyWereOne() {
		ConversationStore store = open();
		String first = filled(store, 0);
		String second = filled(store, 0);
		store.upsert(first, List.of(text(1, "alpha beta gamma"), text(2, "beta")));
		store.upsert(second, List.of(text(3, "beta delta"), text(4, "alpha"), text(5, "delta delta epsilon")));
		assertThat(search(store, "alpha", first, second)).containsExactlyInAnyOrder(1L, 4L);
		assertThat(search(store, "alpha", second)).containsExactly(4L);
		assertThat(search(store, "epsilon alpha", first, second)).startsWith(5L);
	}

	@Test
	void wordsAreThoseOfThePointsAsTheyAreNow() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		store.upsert(collection, List.of(text(1, "old words"), text(2, "other words")));
		store.upsert(collection, List.of(text(1, "new words")));
		store.delete(collection, List.of(2L));
		assertThat(search(store, "old other", collection)).isEmpty();
		assertThat(search(store, "words", collection)).containsExactly(1L);
	}

	@Test
	void bothSearchesLookOnlyAtTheTimeThatIsWanted() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		store.upsert(collection, List.of(at(1, "2026-01-01T00:00:00Z"), at(2, "2026-02-01T10:00:00.123Z"),
				at(3, "2026-02-01T10:00:00.123456+00:00"), at(4, "2026-03-01T00:00:00"), at(5, "no time")));
		Instant since = Instant.parse("2026-01-01T00:00:01Z");
		Instant until = Instant.parse("2026-03-01T00:00:00Z");
		assertThat(between(store, collection, since, null)).containsExactly(2L, 3L, 4L);
		assertThat(between(store, collection, null, until)).containsExactly(1L, 2L, 3L);
		assertThat(between(store, collection, since, until)).containsExactly(2L, 3L);
		assertThat(between(store, collection, null, null)).containsExactly(1L, 2L, 3L, 4L, 5L);
	}

	private static List<Long> between(ConversationStore store, String collection, @Nullable Instant since,
			@Nullable Instant until) {
		PointFilter filter = new PointFilter(List.of(collection), since, until, List.of());
		List<Long> byWords = store.search(WordQuery.of("said"), filter, 10)
			.stream()
			.map(ScoredPoint::id)
			.sorted()
			.toList();
		assertThat(store.search(unit(0), filter, 10)).extracting(ScoredPoint::id)
			.containsExactlyInAnyOrderElementsOf(byWords);
		return byWords;
	}

	private static Point at(long id, String timestamp) {
		return new Point(id, unit((int) id), Map.of(Point.TEXT, "said", Point.TIMESTAMP, timestamp));
	}

	private static Point text(long id, String text) {
		return new Point(id, unit((int) id), Map.of(Point.TEXT, text));
	}

	private static List<Long> search(ConversationStore store, String question, String... collections) {
		return store.search(WordQuery.of(question), PointFilter.in(List.of(collections)), 10)
			.stream()
			.map(ScoredPoint::id)
			.toList();
	}

	@Test
	void searchesNothing() {
		ConversationStore store = open();
		assertThat(store.search(unit(0), List.of(), 3)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "日本語のテキスト 漢字", "👩‍👩‍👧‍👦 🎉 \uD83D\uDE00", "a\0b\u0001",
			"line\nline\r\n\ttab", "\u202Eright to left", "\"quotes\" \\ back" })
	void keepsText(String text) {
		ConversationStore store = open();
		String collection = filled(store, 0);
		store.upsert(collection, List.of(new Point(1, unit(0), Map.of(Point.TEXT, text))));
		assertThat(best(store, unit(0), collection).payload()).containsEntry(Point.TEXT, text);
	}

	@Test
	void replacesHalfASurrogatePair() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		store.upsert(collection, List.of(new Point(1, unit(0), Map.of(Point.TEXT, "\uDE00a\uD83D b😀\uD83D"))));
		assertThat(best(store, unit(0), collection).payload()).containsEntry(Point.TEXT, "\uFFFDa\uFFFD b😀\uFFFD");
	}

	@Test
	void keepsTheTypesOfThePayload() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		Map<String, Object> payload = Map.of("string", "12", "integer", 12, "negative", -1, "long", 1L << 40, "true",
				true, "false", false);
		store.upsert(collection, List.of(new Point(1, unit(0), payload)));
		assertThat(best(store, unit(0), collection).payload()).containsExactlyInAnyOrderEntriesOf(payload);
	}

	@Test
	void keepsWhatOthersPutIntoAPayload() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		Map<String, Object> payload = Map.of("decimal", 1.5, "whole", 2.0, "list",
				List.of("a", 1, 1L << 40, -0.5, true, List.of(), Map.of("key", List.of(1, 2))), "object",
				Map.of("list", List.of("b"), "object", Map.of(), "decimal", 1e300), "empty", List.of());
		store.upsert(collection, List.of(new Point(1, unit(0), payload)));
		assertThat(best(store, unit(0), collection).payload()).containsExactlyInAnyOrderEntriesOf(payload);
	}

	@Test
	void keepsALargeText() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		String text = "0123456789 ".repeat(300_000);
		List<Point> points = LongStream.range(0, 4)
			.mapToObj((id) -> new Point(id, unit((int) id), Map.of(Point.TEXT, text + id)))
			.toList();
		store.upsert(collection, points);
		assertThat(store.count(collection)).isEqualTo(4);
		assertThat(store.search(unit(3), List.of(collection), 4)).hasSize(4)
			.first()
			.satisfies((found) -> assertThat(found.payload().get(Point.TEXT)).isEqualTo(text + 3));
	}

	@Test
	void keepsIdsUpTo63Bits() {
		ConversationStore store = open();
		String collection = filled(store, 0);
		long[] ids = { 0, Integer.MAX_VALUE + 1L, (1L << 53) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE };
		List<Point> points = IntStream.range(0, ids.length)
			.mapToObj((i) -> new Point(ids[i], unit(i), Map.of()))
			.toList();
		store.upsert(collection, points);
		store.upsert(collection, points);
		assertThat(store.search(unit(0), List.of(collection), 10)).extracting(ScoredPoint::id)
			.containsExactlyInAnyOrderElementsOf(LongStream.of(ids).boxed().toList());
	}

	@Test
	void takesAThousandPointsAtOnce() {
		ConversationStore store = open();
		String collection = filled(store, 1_000);
		assertThat(store.count(collection)).isEqualTo(1_000);
	}

	@Test
	void takesPointsFromTwoThreads() throws Exception {
		ConversationStore store = open();
		String collection = filled(store, 0);
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			List<Callable<Object>> writers = List.of(writer(store, collection, "first"),
					writer(store, collection, "second"));
			threads.invokeAll(writers, 60, TimeUnit.SECONDS).forEach((writer) -> assertThat(writer).isDone());
		}
		assertThat(store.count(collection)).isEqualTo(2 * 15 * 10);
	}

	private static Callable<Object> writer(ConversationStore store, String collection, String conversation) {
		return Executors.callable(() -> {
			for (int i = 0; i < 20; i++) {
				store.ensureCollection(collection);
				store.upsert(collection, points(conversation, 10 * (i + 1)).subList(10 * i, 10 * (i + 1)));
			}
			store.deleteFrom(collection, conversation, 150);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reflections_x", "reflections_local", "conv_123_local", "conv_0123456789_local",
			"conv_0123abcd_voyage", "conv_0123ABCD_local", "xconv_0123abcd_local", "conv_0123abcd_local\n" })
	void refusesToChangeCollectionsOfOthers(String collection) {
		ConversationStore store = open();
		List.<Runnable>of(() -> store.ensureCollection(collection),
				() -> store.upsert(collection, List.of(point("conversation", 0))),
				() -> store.deleteFrom(collection, "conversation", 0),
				() -> store.deleteConversation(collection, "conversation"))
			.forEach((change) -> assertThatExceptionOfType(StoreRejectedException.class).isThrownBy(change::run)
				.withMessageContainingAll(collection, "conv_<8 hex digits>_local"));
	}

	@Test
	void keepsEverythingWhenOpenedAgain() {
		ConversationStore first = open();
		String collection = filled(first, 20);
		String empty = filled(first, 0);
		first.deleteFrom(collection, "conversation", 15);
		closeStores();
		ConversationStore second = open();
		assertThat(second.count(collection)).isEqualTo(15);
		assertThat(second.collections()).contains(collection, empty);
		second.upsert(collection, points("other", 1));
		assertThat(second.count(collection)).isEqualTo(16);
	}

	private void closeStores() {
		this.opened.forEach(ConversationStore::close);
		this.opened.clear();
	}

	protected final String filled(ConversationStore store, int points) {
		String collection = newCollection();
		store.ensureCollection(collection);
		store.upsert(collection, points("conversation", points));
		return collection;
	}

	public static List<Point> points(String conversation, int count) {
		return IntStream.range(0, count).mapToObj((chunk) -> point(conversation, chunk)).toList();
	}

	public static Point point(String conversation, int chunk) {
		return new Point(PointIds.id(conversation, chunk), normalized(randomVector(chunk)),
				Map.of(Point.CONVERSATION_ID, conversation, Point.CHUNK_INDEX, chunk, Point.TEXT, "chunk " + chunk));
	}

	private static ScoredPoint best(ConversationStore store, float[] vector, String collection) {
		List<ScoredPoint> found = store.search(vector, List.of(collection), 1);
		assertThat(found).hasSize(1);
		return found.getFirst();
	}

	public static float[] unit(int axis) {
		float[] vector = new float[DIMENSION];
		vector[axis] = 1;
		return vector;
	}

	private static float[] randomVector(long seed) {
		Random numbers = new Random(seed);
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) numbers.nextGaussian();
		}
		return vector;
	}

	private static float[] normalized(float[] vector) {
		float[] result = vector.clone();
		double length = Math.sqrt(dot(vector, vector));
		for (int i = 0; i < result.length; i++) {
			result[i] = (float) (result[i] / length);
		}
		return result;
	}

	private static double cosine(float[] a, float[] b) {
		return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
	}

	private static double dot(float[] a, float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			sum += (double) a[i] * b[i];
		}
		return sum;
	}

}
