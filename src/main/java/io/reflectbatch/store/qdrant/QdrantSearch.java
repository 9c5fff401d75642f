package io.reflectbatch.store.qdrant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.qdrant.client.ConditionFactory;
import io.qdrant.client.ExpressionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.Expression;
import io.qdrant.client.grpc.Points.Formula;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.MultExpression;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.SumExpression;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.WordQuery;
import io.reflectbatch.store.WordScanner;

/**
 * Searches many collections of a Qdrant as if they were one: all at once, ids and scores
 * first, and then the payloads of the best only.
 * <p>
 * Words are found through the index over the texts. Qdrant has no BM25 for such an index,
 * so a formula adds up how much the words of a point say, and the best are scored here,
 * by their texts.
 * <p>
 * The multilingual tokenizer of Qdrant 1.16 drops numbers that stand alone. So phrases
 * are looked at again here, and a number counts where another word has found the point.
 */
final class QdrantSearch {

	/**
	 * As many points of a collection are looked at for each word, and for all of them
	 * together.
	 */
	private static final long CANDIDATES = 1000;

	private final QdrantConnection connection;

	QdrantSearch(QdrantConnection connection) {
		this.connection = connection;
	}

	List<ScoredPoint> nearest(float[] vector, PointFilter filter, int limit) {
		Filter conditions = QdrantFilters.of(filter);
		return withPayload(filter,
				best(Concurrently.map(filter.collections(),
						(collection) -> query(QueryPoints.newBuilder()
							.setCollectionName(collection)
							.setQuery(QueryFactory.nearest(vector))
							.setFilter(conditions)
							.setLimit(limit)
							.build())),
						limit));
	}

	List<ScoredPoint> matching(WordQuery words, PointFilter filter, int limit) {
		Filter conditions = QdrantFilters.of(filter);
		Map<Condition, Double> weights = weights(words, filter.collections());
		if (weights.isEmpty()) {
			return List.of();
		}
		List<ScoredPoint> candidates = withPayload(filter,
				best(Concurrently.map(filter.collections(),
						(collection) -> query(QueryPoints.newBuilder()
							.setCollectionName(collection)
							.addAllPrefetch(prefetches(weights, conditions))
							.setQuery(QueryFactory.formula(formula(weights, words)))
							.setLimit(limit)
							.build())),
						limit));
		return scored(candidates, termWeights(words, weights));
	}

	private static Condition having(String run) {
		return WordScanner.isOneWord(run) ? ConditionFactory.matchText(Point.TEXT, run)
				: ConditionFactory.matchTextAny(Point.TEXT, run);
	}

	/**
	 * Counts the texts that have each word, in all collections together, so that the
	 * scores of one compare with those of another.
	 */
	private Map<Condition, Double> weights(WordQuery words, List<String> collections) {
		List<Condition> conditions = new ArrayList<>(words.runs().stream().map(QdrantSearch::having).toList());
		List<CountPoints> questions = new ArrayList<>();
		for (String collection : collections) {
			questions.add(count(collection, Filter.getDefaultInstance()));
			conditions.forEach((condition) -> questions.add(count(collection, only(condition))));
		}
		List<Long> counts = Concurrently.map(questions, this::count);
		int stride = conditions.size() + 1;
		long all = sum(counts, 0, stride);
		Map<Condition, Double> weights = new LinkedHashMap<>();
		for (int i = 0; i < conditions.size(); i++) {
			long having = sum(counts, i + 1, stride);
			if (having > 0) {
				weights.put(conditions.get(i), Bm25.weight(all, having));
			}
		}
		return weights;
	}

	private static long sum(List<Long> counts, int first, int stride) {
		return IntStream.iterate(first, (i) -> i < counts.size(), (i) -> i + stride).mapToLong(counts::get).sum();
	}

	private static CountPoints count(String collection, Filter filter) {
		return CountPoints.newBuilder().setCollectionName(collection).setFilter(filter).setExact(true).build();
	}

	private static Filter only(Condition condition) {
		return Filter.newBuilder().addMust(condition).build();
	}

	private static List<PrefetchQuery> prefetches(Map<Condition, Double> weights, Filter conditions) {
		List<PrefetchQuery> prefetches = new ArrayList<>();
		weights.keySet().forEach((word) -> prefetches.add(prefetch(conditions.toBuilder().addMust(word))));
		prefetches.add(prefetch(conditions.toBuilder().addAllMust(weights.keySet())));
		return prefetches;
	}

	private static PrefetchQuery prefetch(Filter.Builder filter) {
		return PrefetchQuery.newBuilder().setFilter(filter).setLimit(CANDIDATES).build();
	}

	private static Formula formula(Map<Condition, Double> weights, WordQuery words) {
		SumExpression.Builder sum = SumExpression.newBuilder();
		weights.forEach((word, weight) -> sum.addSum(product(weight, word)));
		words.compounds()
			.forEach((compound) -> sum.addSum(product(1.0, ConditionFactory.matchPhrase(Point.TEXT, compound.text()))));
		return Formula.newBuilder().setExpression(ExpressionFactory.sum(sum.build())).build();
	}

	private static Expression product(double weight, Condition condition) {
		return ExpressionFactory.mult(MultExpression.newBuilder()
			.addMult(ExpressionFactory.constant((float) weight))
			.addMult(ExpressionFactory.condition(condition))
			.build());
	}

	/**
	 * The pairs of a run of characters share what the run says.
	 */
	private static Map<String, Double> termWeights(WordQuery words, Map<Condition, Double> weights) {
		double most = Collections.max(weights.values());
		Map<String, Double> terms = new HashMap<>();
		for (String run : words.runs()) {
			Double weight = isNumber(run) ? Double.valueOf(most) : weights.get(having(run));
			if (weight != null) {
				for (WordScanner scanner = new WordScanner(run); scanner.next();) {
					terms.put(scanner.term(), weight);
				}
			}
		}
		return terms;
	}

	private static boolean isNumber(String run) {
		return run.chars().allMatch(Character::isDigit);
	}

	private static List<ScoredPoint> scored(List<ScoredPoint> candidates, Map<String, Double> weights) {
		Bm25 bm25 = Bm25.over(candidates.stream().map(QdrantSearch::text).toList(), weights);
		return candidates.stream()
			.map((point) -> new ScoredPoint(point.collection(), point.id(), bm25.score(text(point)), point.payload()))
			.sorted(ScoredPoint.BEST_FIRST)
			.toList();
	}

	private static String text(ScoredPoint point) {
		return Objects.toString(point.payload().get(Point.TEXT), "");
	}

	private static List<ScoredPoint> best(List<List<ScoredPoint>> found, int limit) {
		return found.stream().flatMap(List::stream).sorted(ScoredPoint.BEST_FIRST).limit(limit).toList();
	}

	private List<ScoredPoint> withPayload(PointFilter filter, List<ScoredPoint> points) {
		Map<String, List<ScoredPoint>> byCollection = points.stream()
			.collect(Collectors.groupingBy(ScoredPoint::collection));
		Map<String, Map<Long, Map<String, Object>>> payloads = new HashMap<>();
		List<String> collections = List.copyOf(byCollection.keySet());
		List<Map<Long, Map<String, Object>>> answers = Concurrently.map(collections,
				(collection) -> payloads(collection, byCollection.getOrDefault(collection, List.of())));
		for (int i = 0; i < collections.size(); i++) {
			payloads.put(collections.get(i), answers.get(i));
		}
		return points.stream()
			.map((point) -> new ScoredPoint(point.collection(), point.id(), point.score(),
					payloads.getOrDefault(point.collection(), Map.of()).getOrDefault(point.id(), Map.of())))
			.filter((point) -> filter.phrases().stream().allMatch((phrase) -> phrase.isIn(text(point))))
			.toList();
	}

	private Map<Long, Map<String, Object>> payloads(String collection, List<ScoredPoint> points) {
		GetPoints request = GetPoints.newBuilder()
			.setCollectionName(collection)
			.addAllIds(points.stream().map((point) -> PointIdFactory.id(point.id())).toList())
			.setWithPayload(WithPayloadSelectorFactory.enable(true))
			.build();
		return this.connection
			.call("read %s of collection '%s'".formatted(Point.inWords(points.size()), collection),
					() -> this.connection.points().get(request).getResultList())
			.stream()
			.collect(Collectors.toMap((point) -> point.getId().getNum(), QdrantSearch::payload));
	}

	private static Map<String, Object> payload(RetrievedPoint point) {
		return QdrantPayload.fromQdrant(point.getPayloadMap());
	}

	private List<ScoredPoint> query(QueryPoints request) {
		return this.connection.callOr(List.of(), "search collection '%s'".formatted(request.getCollectionName()),
				() -> queryOnce(request));
	}

	private List<ScoredPoint> queryOnce(QueryPoints request) {
		return this.connection.points()
			.query(request)
			.getResultList()
			.stream()
			.map((found) -> new ScoredPoint(request.getCollectionName(), found.getId().getNum(), found.getScore(),
					Map.of()))
			.toList();
	}

	private long count(CountPoints request) {
		return this.connection.callOr(0L, "count the points of collection '%s'".formatted(request.getCollectionName()),
				() -> this.connection.points().count(request).getResult().getCount());
	}

}
