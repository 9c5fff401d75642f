package io.reflectbatch.search;

import java.lang.Character.UnicodeScript;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.lucene.LuceneConversationStore;
import io.reflectbatch.store.qdrant.QdrantConversationStore;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ConversationSearch} with the real model and real stores.
 */
@ParameterizedClass
@EnumSource
@Timeout(120)
class ConversationSearchTests {

	private static final int DIMENSION = 384;

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	private static final List<String> PASSAGES = List.of(
			"USER: The build fails because the certificate of the proxy is not trusted by Maven.",
			"ASSISTANT: I moved the login check into a filter, so every request needs a valid session cookie.",
			"USER: Please write unit tests for the date parser, leap years included.",
			"ASSISTANT: The memory leak came from listeners that were never removed from the event bus.",
			"USER: How do I roll back the last database migration in production?",
			"ASSISTANT: Bake the bread for forty minutes at 220 degrees, then let it cool on a rack.",
			"USER: \u6211\u4eec\u7684\u6570\u636e\u5e93\u8fde\u63a5\u6c60\u7528\u5b8c\u4e86 \ud83d\udd25");

	@SuppressWarnings("NullAway.Init")
	private static Embedder embedder;

	private final Stores kind;

	private final String project = "search-" + UUID.randomUUID();

	@TempDir
	private Path directory;

	private @Nullable ConversationStore store;

	ConversationSearchTests(Stores kind) {
		this.kind = kind;
	}

	@BeforeAll
	static void loadModel() {
		embedder = Embedder.open(Precision.INT8, 256, Path.of("target", "reflect-home"));
	}

	@AfterAll
	static void closeModel() {
		embedder.close();
	}

	@AfterEach
	void close() {
		if (this.store != null) {
			this.store.close();
		}
		if (this.kind == Stores.QDRANT) {
			QdrantServer.shared().delete(PointIds.collection(this.project));
		}
	}

	@ParameterizedTest
	@CsvSource({ "SSL trust problems when downloading dependencies, 0",
			"where do we verify that somebody is signed in, 1", "test cases for the 29th of February, 2",
			"why did the heap keep growing, 3", "undo a schema change on the live system, 4", "oven temperature, 5" })
	void findsThePassageThatAQuestionParaphrases(String question, int passage) {
		assertThat(search(question, 3).getFirst().text()).isEqualTo(PASSAGES.get(passage));
	}

	@Test
	void givesAllThatIsKnownOfAPassage() {
		Passage first = search(PASSAGES.get(3), 1).getFirst();
		assertThat(first.score()).isEqualTo(1);
		assertThat(first.similarity()).isBetween(0.999, 1.001);
		assertThat(first.wordScore()).isPositive();
		assertThat(first.excerpt().role()).isEqualTo("assistant");
		assertThat(first.excerpt().text())
			.isEqualTo("The memory leak came from listeners that were never removed from the event bus.");
		assertThat(first).usingRecursiveComparison()
			.ignoringFields("score", "similarity", "wordScore", "excerpt")
			.isEqualTo(new Passage(0, null, null, PointIds.collection(this.project), PointIds.id(this.project, 3),
					this.project, "session", "2026-03-01T10:00:00Z", false, 3, 31, 1, PASSAGES.get(3), first.excerpt(),
					0));
	}

	@ParameterizedTest
	@EnumSource
	void findsByEveryMode(SearchMode mode) {
		assertThat(search(SearchRequest.of("roll back the last database migration", 1, mode)).getFirst().text())
			.isEqualTo(PASSAGES.get(4));
	}

	@Test
	void needsNoModelForWordsAlone() {
		fill();
		ConversationSearch search = new ConversationSearch(open(), () -> {
			throw new AssertionError("the model was loaded");
		}, ConversationSearchTests::isKnown, Clock.systemUTC());
		assertThat(search.search(SearchRequest.of("leap", 5, SearchMode.LEXICAL))).extracting(Passage::text)
			.containsExactly(PASSAGES.get(2));
	}

	@Test
	void wordsComeFirstWhereTheModelDoesNotKnowTheLanguage() {
		List<Passage> passages = search("\u8fde\u63a5\u6c60", 10);
		assertThat(passages.getFirst().text()).isEqualTo(PASSAGES.get(6));
		assertThat(passages.getFirst().score()).isEqualTo(1);
		assertThat(passages).hasSameSizeAs(PASSAGES);
		assertThat(passages.subList(1, passages.size())).extracting(Passage::score).containsOnly(0.0);
	}

	@Test
	void aPassageHasWhatIsInQuotationMarks() {
		assertThat(search("why did memory grow \"event bus\"", 10)).extracting(Passage::text)
			.containsExactly(PASSAGES.get(3));
	}

	@Test
	void takesOnlyWhatARoleSays() {
		assertThat(search(request("database", 10, null, "assistant", null, false))).extracting(Passage::text)
			.containsExactlyInAnyOrder(PASSAGES.get(1), PASSAGES.get(3), PASSAGES.get(5));
	}

	@Test
	void looksOnlyIntoProjectsWithAPartOfTheirName() {
		String part = this.project.substring(7).toUpperCase(Locale.ROOT);
		assertThat(search(request("database", 2, part, null, null, false))).hasSize(2);
		assertThat(search(request("database", 2, "no such project", null, null, false))).isEmpty();
	}

	@Test
	void groupsByConversationAndCountsTheOthers() {
		assertThat(search(request("database", 10, this.project, null, null, true))).singleElement()
			.extracting(Passage::more)
			.isEqualTo(PASSAGES.size() - 1);
	}

	@Test
	void aPreferenceForWhatWasSaidLatelyAddsToTheScore() {
		SearchRequest plain = SearchRequest.of("oven temperature", 1, SearchMode.VECTOR);
		double similarity = search(plain).getFirst().score();
		SearchRequest decaying = new SearchRequest("oven temperature", 1, SearchMode.VECTOR,
				new Decay(Duration.ofDays(90), 0.3), null, null, null, null, false);
		// The clock is 90 days ahead of the conversation.
		assertThat(search(decaying).getFirst().score()).isCloseTo(similarity + 0.15, within(1e-6));
	}

	@Test
	void findsAPassageByItsId() {
		fill();
		assertThat(conversations().find(PointIds.id(this.project, 2)))
			.hasValueSatisfying((passage) -> assertThat(passage.text()).isEqualTo(PASSAGES.get(2)));
		assertThat(conversations().find(4711)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100 })
	void returnsAtMostTheLimitBestFirst(int limit) {
		List<Passage> passages = search("database", limit);
		assertThat(passages).hasSize(Math.min(limit, PASSAGES.size()));
		assertThat(passages.stream().map(Passage::score).map((score) -> -score).toList()).isSorted();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\ud83d\udd25\ud83d\udd25", "\u6570\u636e\u5e93\u8fde\u63a5\u6c60", "?", "\u0000", "\ud83d" })
	void takesAnyText(String question) {
		assertThat(search(question, 2)).hasSize(2);
	}

	@Test
	void takesAVeryLongQuestion() {
		assertThat(search("How do I roll back a migration? ".repeat(1000), 1).getFirst().text())
			.isEqualTo(PASSAGES.get(4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "\n\t" })
	void refusesAnEmptyQuestion(String question) {
		assertThatIllegalArgumentException().isThrownBy(() -> search(question, 1)).withMessageContaining("is empty");
	}

	@Test
	void findsNothingInAnEmptyStore() {
		assertThat(conversations().search(SearchRequest.of("anything", 5, SearchMode.HYBRID)))
			.filteredOn((passage) -> passage.project().equals(this.project))
			.isEmpty();
	}

	private List<Passage> search(String question, int limit) {
		return search(SearchRequest.of(question, limit, SearchMode.HYBRID));
	}

	private List<Passage> search(SearchRequest request) {
		fill();
		return conversations().search(request);
	}

	private static boolean isKnown(UnicodeScript script) {
		return script == UnicodeScript.LATIN;
	}

	private static SearchRequest request(String question, int limit, @Nullable String project, @Nullable String role,
			@Nullable Instant since, boolean grouped) {
		return new SearchRequest(question, limit, SearchMode.HYBRID, null, project, since, null, role, grouped);
	}

	private ConversationSearch conversations() {
		return new ConversationSearch(open(), () -> embedder, ConversationSearchTests::isKnown,
				Clock.fixed(TIME.plus(Duration.ofDays(90)), ZoneOffset.UTC));
	}

	private ConversationStore open() {
		ConversationStore opened = (this.store != null) ? this.store : this.kind.open(this.directory);
		this.store = opened;
		return opened;
	}

	private void fill() {
		ConversationStore store = open();
		String collection = PointIds.collection(this.project);
		store.ensureCollection(collection);
		List<Point> points = new ArrayList<>();
		for (int index = 0; index < PASSAGES.size(); index++) {
			String text = PASSAGES.get(index);
			points.add(new Point(PointIds.id(this.project, index), embedder.embed(text).vector(),
					Map.of(Point.TEXT, text, Point.CONVERSATION_ID, "session", Point.CHUNK_INDEX, index,
							Point.TIMESTAMP, TIME.toString(), Point.PROJECT, this.project, Point.START_ROLE,
							text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT), Point.LINE, index * 10 + 1,
							Point.MESSAGE_COUNT, 1)));
		}
		store.upsert(collection, points);
	}

	enum Stores {

		LUCENE {
			@Override
			ConversationStore open(Path directory) {
				return new LuceneConversationStore(directory.resolve("lucene"), new VectorSpace("local", DIMENSION));
			}
		},

		QDRANT {
			@Override
			ConversationStore open(Path directory) {
				return new QdrantConversationStore(QdrantServer.shared().settings(),
						new VectorSpace("local", DIMENSION));
			}
		};

		abstract ConversationStore open(Path directory);

	}

}
