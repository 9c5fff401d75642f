package io.reflectbatch.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.lucene.LuceneConversationStore;
import io.reflectbatch.store.qdrant.QdrantConversationStore;
import io.reflectbatch.store.qdrant.QdrantServer;
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

/**
 * Tests for {@link ConversationSearch} with the real model and real stores.
 */
@ParameterizedClass
@EnumSource
@Timeout(120)
class ConversationSearchTests {

	private static final int DIMENSION = 384;

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

	@SuppressWarnings("NullAway.Init")
	private ConversationStore store;

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
		this.store.close();
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
		assertThat(first.score()).isBetween(0.999, 1.001);
		assertThat(first).usingRecursiveComparison()
			.ignoringFields("score")
			.isEqualTo(new Passage(0, this.project, "session", "2026-03-01T10:00:00Z", "user", PASSAGES.get(3)));
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
		this.store = this.kind.open(this.directory);
		assertThat(new ConversationSearch(this.store, embedder).search("anything", 5))
			.filteredOn((passage) -> passage.project().equals(this.project))
			.isEmpty();
	}

	private List<Passage> search(String question, int limit) {
		this.store = this.kind.open(this.directory);
		String collection = PointIds.collection(this.project);
		this.store.ensureCollection(collection);
		List<Point> points = new ArrayList<>();
		for (int index = 0; index < PASSAGES.size(); index++) {
			points.add(new Point(PointIds.id(this.project, index), embedder.embed(PASSAGES.get(index)).vector(),
					Map.of(Point.TEXT, PASSAGES.get(index), Point.CONVERSATION_ID, "session", Point.CHUNK_INDEX, index,
							Point.TIMESTAMP, "2026-03-01T10:00:00Z", Point.PROJECT, this.project, Point.START_ROLE,
							"user")));
		}
		this.store.upsert(collection, points);
		return new ConversationSearch(this.store, embedder).search(question, limit);
	}

	enum Stores {

		LUCENE {
			@Override
			ConversationStore open(Path directory) {
				return new LuceneConversationStore(directory.resolve("lucene"), DIMENSION);
			}
		},

		QDRANT {
			@Override
			ConversationStore open(Path directory) {
				return new QdrantConversationStore(QdrantServer.shared().settings(), DIMENSION);
			}
		};

		abstract ConversationStore open(Path directory);

	}

}
