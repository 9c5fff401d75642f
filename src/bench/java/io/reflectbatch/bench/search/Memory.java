package io.reflectbatch.bench.search;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.reflectbatch.bench.FileTree;
import io.reflectbatch.bench.MeasuredProcess;
import io.reflectbatch.conversation.Noise;
import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.importing.KeepingReflect;
import io.reflectbatch.search.ConversationSearch;
import io.reflectbatch.search.Passage;
import io.reflectbatch.search.SearchMode;
import io.reflectbatch.search.SearchRequest;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.StoredPoint;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.lucene.LuceneConversationStore;
import io.reflectbatch.store.qdrant.QdrantConversationStore;
import io.reflectbatch.store.qdrant.QdrantSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./reflect} has imported in one way, and answers to questions from it.
 */
final class Memory implements AutoCloseable {

	private static final List<String> SHARED = List.of("model", "native");

	private final Variant variant;

	private final JsonNode imported;

	private final ConversationStore store;

	private final Embedder embedder;

	private final ConversationSearch search;

	private final List<String> texts = new ArrayList<>();

	/** The number of the last message of each conversation; the reference stores none. */
	private final Map<Object, Integer> last = new HashMap<>();

	private Memory(Variant variant, JsonNode imported, ConversationStore store, EmbeddingModel model,
			Embedder embedder) {
		this.variant = variant;
		this.imported = imported;
		this.store = store;
		this.embedder = embedder;
		this.search = new ConversationSearch(store, () -> embedder, model::knows, Clock.systemUTC());
		for (String collection : store.collections()) {
			store.forEach(collection, this::add);
		}
	}

	private void add(StoredPoint point) {
		this.texts.add((String) point.payload().get(Point.TEXT));
		if (point.payload().get(Point.LAST_MESSAGE) instanceof Integer number) {
			this.last.merge(point.payload().get(Point.CONVERSATION_ID), number, Math::max);
		}
	}

	/**
	 * Imports into an empty store, as a person does.
	 * @param variant how
	 * @param logs the logs directory
	 * @param work where data directories are
	 * @param qdrant the server for those that need one
	 * @param keep whether to take what an earlier run has left in the embedded store
	 */
	static Memory open(Variant variant, Path logs, Path work, @Nullable URI qdrant, boolean keep)
			throws IOException, InterruptedException {
		String name = variant.toString().replace('/', '_');
		Path home = work.resolve("home-" + name);
		Path summary = work.resolve(name + ".json");
		if (!keep || variant.inQdrant() || !Files.exists(summary)) {
			Files.deleteIfExists(summary);
			prepare(home, work);
			Files.writeString(summary, importInto(home, variant, logs, work, qdrant));
		}
		EmbeddingModel model = EmbeddingModel.of(variant.embedding());
		return new Memory(variant, last(Files.readString(summary)), store(home, space(model), qdrant, variant),
				model, model.open(home));
	}

	/**
	 * All share the unpacked model, which is larger than everything else.
	 */
	private static void prepare(Path home, Path work) throws IOException {
		for (String shared : SHARED) {
			Files.deleteIfExists(home.resolve(shared));
		}
		FileTree.delete(home);
		Files.createDirectories(home);
		for (String shared : SHARED) {
			Files.createSymbolicLink(home.resolve(shared), Files.createDirectories(work.resolveSibling("shared").resolve(shared)));
		}
	}

	private static String importInto(Path home, Variant variant, Path logs, Path work, @Nullable URI qdrant)
			throws IOException, InterruptedException {
		Path job = Files.writeString(home.resolve("job.yaml"), variant.job());
		List<String> command = new ArrayList<>(program(variant));
		command.addAll(List.of("run", job.toString(), "--json", "--logs", logs.toString()));
		if (variant.inQdrant()) {
			command.addAll(List.of("--qdrant-url", String.valueOf(qdrant)));
		}
		return new MeasuredProcess(command, Map.of("REFLECT_HOME", home.toString()), work.resolve("imports.log")).run()
			.output();
	}

	/**
	 * What is kept of the noise is no setting of {@code ./reflect}.
	 */
	private static List<String> program(Variant variant) {
		return variant.kept().isEmpty() ? List.of("./reflect")
				: List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"--enable-native-access=ALL-UNNAMED", "-Xmx400m", "-cp", System.getProperty("java.class.path"),
						KeepingReflect.class.getName(),
						variant.kept().stream().map(Noise::name).collect(Collectors.joining(",")));
	}

	private static VectorSpace space(EmbeddingModel model) {
		return model.family().equals(EmbeddingModel.BUNDLED) ? VectorSpace.REFERENCE
				: new VectorSpace(model.family(), model.dimension());
	}

	private static ConversationStore store(Path home, VectorSpace space, @Nullable URI qdrant, Variant variant) {
		if (variant.inQdrant() && qdrant != null) {
			return new QdrantConversationStore(
					new QdrantSettings(qdrant, null, null, Duration.ofMinutes(1), Duration.ofMinutes(1)), space);
		}
		return new LuceneConversationStore(home.resolve("lucene"), space);
	}

	private static JsonNode last(String document) {
		JsonNode executions = JsonMapper.shared().readTree(document);
		return executions.get(executions.size() - 1);
	}

	/**
	 * Asks all questions.
	 * @param queries the questions
	 * @return what came out
	 */
	Result ask(List<Query> queries) {
		Map<SearchMode, int[]> ranks = new LinkedHashMap<>();
		Map<SearchMode, int[]> shown = new LinkedHashMap<>();
		for (SearchMode mode : List.of(SearchMode.VECTOR, SearchMode.LEXICAL, SearchMode.HYBRID)) {
			List<Answer> answers = queries.parallelStream().map((query) -> answer(query, mode)).toList();
			ranks.put(mode, answers.stream().mapToInt(Answer::held).toArray());
			shown.put(mode, answers.stream().mapToInt(Answer::shown).toArray());
		}
		return new Result(this.variant, this.texts.size(), messages(), this.imported.get("tokens").asLong(),
				this.imported.get("duration").asDouble(), ranks, shown,
				positions(queries));
	}

	private int messages() {
		return this.last.values().stream().mapToInt((number) -> number + 1).sum();
	}

	/**
	 * A person who looks for a conversation sees the best passage of each; who looks for
	 * something that was said wants every passage.
	 */
	private Answer answer(Query query, SearchMode mode) {
		List<Passage> passages = this.search.search(new SearchRequest(query.text(), Figures.DEPTH, mode, null, null,
				null, null, null, query.isTitle()));
		return new Answer(rank(passages, query::isAnsweredBy), rank(passages, query::isShownBy));
	}

	private static int rank(List<Passage> passages, Predicate<Passage> answer) {
		return IntStream.range(0, passages.size())
			.filter((i) -> answer.test(passages.get(i)))
			.map((i) -> i + 1)
			.findFirst()
			.orElse(0);
	}

	private int[] positions(List<Query> queries) {
		Map<List<String>, Integer> known = new LinkedHashMap<>();
		return queries.stream()
			.mapToInt((query) -> query.isTitle() ? -1 : known.computeIfAbsent(query.halves(), (halves) -> position(query)))
			.toArray();
	}

	/**
	 * How many tokens of a chunk are before a sentence; of several chunks the least.
	 */
	private int position(Query query) {
		return this.texts.stream()
			.filter(query::isIn)
			.mapToInt((text) -> this.embedder.tokenCounter().count(text.substring(0, start(query, text))))
			.min()
			.orElse(-1);
	}

	private static int start(Query query, String text) {
		return query.halves().stream().mapToInt(text::indexOf).filter((index) -> index >= 0).min().orElseThrow();
	}

	@Override
	public void close() {
		this.store.close();
		this.embedder.close();
	}

	/**
	 * Where the answer to a question is; 0 for nowhere.
	 *
	 * @param held the rank of the first passage that holds it
	 * @param shown the rank of the first passage whose excerpt shows it
	 */
	private record Answer(int held, int shown) {

	}

}
