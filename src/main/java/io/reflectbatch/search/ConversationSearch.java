package io.reflectbatch.search;

import java.lang.Character.UnicodeScript;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.reflectbatch.conversation.Writing;
import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoredPoint;
import io.reflectbatch.store.WordQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Answers a question with the passages that fit it best. Thread-safe.
 */
@Component
public class ConversationSearch {

	private static final Logger logger = LoggerFactory.getLogger(ConversationSearch.class);

	/**
	 * How many points each ranking gives, to be fused, filtered and grouped. Twice as
	 * many find nothing more among windows, and to unpack them takes a fifth of a search.
	 */
	private static final int DEPTH = 50;

	private static final int DEEPEST = 10_000;

	private static final int DEEPER = 5;

	private final ConversationStore store;

	private final Supplier<Embedder> embedder;

	private final Predicate<UnicodeScript> known;

	private final Clock clock;

	@Autowired
	ConversationSearch(ConversationStore store, ObjectProvider<Embedder> embedder, EmbeddingModel model) {
		this(store, embedder::getObject, model::knows, Clock.systemUTC());
	}

	/**
	 * Searches a store.
	 * @param store where to look
	 * @param embedder gives the model; asked only if a question needs it
	 * @param known tells which scripts the model knows
	 * @param clock tells how old something is
	 */
	public ConversationSearch(ConversationStore store, Supplier<Embedder> embedder, Predicate<UnicodeScript> known,
			Clock clock) {
		this.store = store;
		this.embedder = embedder;
		this.known = known;
		this.clock = clock;
	}

	/**
	 * Answers a question.
	 * @param request what to look for, and where
	 * @return the passages, best first
	 */
	public List<Passage> search(SearchRequest request) {
		WordQuery words = WordQuery.of(request.question());
		// A question of words alone needs no model; loading it is half of the time.
		CompletableFuture<float[]> vector = (request.mode() == SearchMode.LEXICAL) ? new CompletableFuture<>()
				: CompletableFuture.supplyAsync(() -> this.embedder.get().embedQuestion(words.text()).vector());
		this.store.verifyReachable();
		PointFilter filter = new PointFilter(collections(request.project()), request.since(), request.until(),
				words.phrases());
		int depth = Math.max(DEPTH, 2 * request.limit());
		while (true) {
			Found found = new Found(request, words, filter, depth);
			List<Passage> passages = found.passages(vector);
			if (passages.size() >= request.limit() || !found.hasMore || depth >= DEEPEST) {
				return passages;
			}
			depth *= DEEPER;
		}
	}

	private List<String> collections(@Nullable String project) {
		if (project == null) {
			return this.store.collections();
		}
		String part = project.toLowerCase(Locale.ROOT);
		return this.store.projects()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().toLowerCase(Locale.ROOT).contains(part))
			.map(Map.Entry::getKey)
			.toList();
	}

	/**
	 * Returns a passage by its id.
	 * @param id the id of a point
	 */
	public Optional<Passage> find(long id) {
		this.store.verifyReachable();
		for (String collection : this.store.collections()) {
			for (StoredPoint point : this.store.find(collection, List.of(id))) {
				Content content = new Content(collection, id, point.payload());
				Excerpt excerpt = new ExcerptFinder(WordQuery.of(""), null).find(content.text(), content.startRole())
					.orElseThrow();
				return Optional.of(content.passage(0, null, null, excerpt));
			}
		}
		return Optional.empty();
	}

	/**
	 * One try with so many points of each ranking.
	 */
	private final class Found {

		private final SearchRequest request;

		private final WordQuery words;

		private final PointFilter filter;

		private final int depth;

		private boolean hasMore;

		Found(SearchRequest request, WordQuery words, PointFilter filter, int depth) {
			this.request = request;
			this.words = words;
			this.filter = filter;
			this.depth = depth;
		}

		List<Passage> passages(CompletableFuture<float[]> vector) {
			Ranking ranking = new Ranking(this.request.decay(), ConversationSearch.this.clock.instant());
			if (this.request.mode() != SearchMode.VECTOR) {
				byWords().ifPresent((found) -> ranking.addWords(counted(found)));
			}
			if (this.request.mode() != SearchMode.LEXICAL) {
				ranking.addVectors(counted(ConversationSearch.this.store.search(get(vector), this.filter, this.depth)),
						weightOfMeaning());
			}
			return passages(ranking);
		}

		/**
		 * What a model makes of a language that it does not know is hardly more than
		 * chance: words come first then.
		 */
		private double weightOfMeaning() {
			Writing writing = new Writing();
			writing.add(this.request.question());
			return writing.knownShare(ConversationSearch.this.known);
		}

		/**
		 * A server too old to search words still finds by meaning; a question without a
		 * word has no ranking by words.
		 */
		private Optional<List<ScoredPoint>> byWords() {
			boolean only = this.request.mode() == SearchMode.LEXICAL;
			if (this.words.isEmpty() && !only) {
				return Optional.empty();
			}
			try {
				return Optional.of(ConversationSearch.this.store.search(this.words, this.filter, this.depth));
			}
			catch (StoreRejectedException ex) {
				if (only) {
					throw ex;
				}
				logger.warn("Searching by meaning only: {}", ex.getMessage());
				return Optional.empty();
			}
		}

		private List<ScoredPoint> counted(List<ScoredPoint> found) {
			this.hasMore |= found.size() == this.depth;
			return found;
		}

		private List<Passage> passages(Ranking ranking) {
			ExcerptFinder excerpts = new ExcerptFinder(this.words, this.request.role());
			Map<Object, Passage> passages = new LinkedHashMap<>();
			for (Ranking.Ranked ranked : ranking.best()) {
				Content content = new Content(ranked.point());
				Object key = this.request.grouped() ? content.conversation() : ranked;
				Passage best = passages.get(key);
				if (best != null) {
					passages.put(key, withOneMore(best));
				}
				else if (passages.size() < this.request.limit()) {
					excerpts.find(content.text(), content.startRole())
						.ifPresent((excerpt) -> passages.put(key, content.passage(ranking.score(ranked),
								ranked.similarity(), ranked.wordScore(), excerpt)));
				}
			}
			return List.copyOf(passages.values());
		}

	}

	private static float[] get(CompletableFuture<float[]> vector) {
		try {
			return vector.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw ex;
		}
	}

	private static Passage withOneMore(Passage passage) {
		return new Passage(passage.score(), passage.similarity(), passage.wordScore(), passage.collection(),
				passage.id(), passage.project(), passage.conversationId(), passage.timestamp(), passage.sidechain(),
				passage.chunk(), passage.line(), passage.messages(), passage.text(), passage.excerpt(),
				passage.more() + 1);
	}

	/**
	 * A payload, whoever wrote it.
	 *
	 * @param collection where it is
	 * @param id its id there
	 * @param payload its payload
	 */
	private record Content(String collection, long id, Map<String, Object> payload) {

		Content(ScoredPoint point) {
			this(point.collection(), point.id(), point.payload());
		}

		Passage passage(double score, @Nullable Double similarity, @Nullable Double wordScore, Excerpt excerpt) {
			return new Passage(score, similarity, wordScore, this.collection, this.id, string(Point.PROJECT),
					string(Point.CONVERSATION_ID), string(Point.TIMESTAMP),
					Boolean.TRUE.equals(this.payload.get(Point.IS_SIDECHAIN)),
					Objects.requireNonNullElse(number(Point.CHUNK_INDEX), -1), number(Point.LINE),
					number(Point.MESSAGE_COUNT), text(), excerpt, 0);
		}

		String text() {
			return string(Point.TEXT);
		}

		String startRole() {
			return string(Point.START_ROLE);
		}

		Object conversation() {
			return List.of(this.collection, string(Point.CONVERSATION_ID));
		}

		private String string(String key) {
			return Objects.toString(this.payload.get(key), "");
		}

		private @Nullable Integer number(String key) {
			return (this.payload.get(key) instanceof Integer number) ? number : null;
		}

	}

}
