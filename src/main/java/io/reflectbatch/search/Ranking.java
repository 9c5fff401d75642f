package io.reflectbatch.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.reflectbatch.store.Point;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * Makes one ranking of those by meaning and by words, by reciprocal rank fusion: a point
 * gets {@code weight / (10 + rank)} from each. Only ranks count, so that cosines and BM25
 * scores, which have nothing in common, need not be compared.
 * <p>
 * It is done here and not in a store, because a memory is many collections: ranks in one
 * of them say nothing about another, while scores do.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/1571941.1572114">Cormack et al.,
 * Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods</a>
 */
final class Ranking {

	/**
	 * Cormack et al. have 60, for rankings of a thousand; then being somewhere in both
	 * counts for more than being first in one. People read the first few.
	 */
	private static final int CONSTANT = 10;

	private final @Nullable Decay decay;

	private final Instant now;

	private final Map<Place, Ranked> points = new HashMap<>();

	private int rankings;

	private double weights;

	/**
	 * Creates a ranking.
	 * @param decay the preference for what was said lately, if any: it is added to the
	 * score in each ranking
	 * @param now the time of the search
	 */
	Ranking(@Nullable Decay decay, Instant now) {
		this.decay = decay;
		this.now = now;
	}

	/**
	 * Adds a ranking by meaning.
	 * @param weight 1 for one that is worth as much as that by words, 0 for one that only
	 * comes behind it
	 */
	void addVectors(List<ScoredPoint> found, double weight) {
		found.forEach((point) -> ranked(point).similarity = point.score());
		add(found, 1, weight);
	}

	/**
	 * Adds a ranking by words. Their scores are made comparable to a bonus: the best is
	 * 1.
	 */
	void addWords(List<ScoredPoint> found) {
		found.forEach((point) -> ranked(point).wordScore = point.score());
		add(found, found.isEmpty() ? 1 : found.getFirst().score(), 1);
	}

	private Ranked ranked(ScoredPoint point) {
		return this.points.computeIfAbsent(new Place(point.collection(), point.id()), (place) -> new Ranked(point));
	}

	private void add(List<ScoredPoint> found, double one, double weight) {
		this.rankings++;
		this.weights += weight;
		List<Ranked> sorted = new ArrayList<>();
		for (ScoredPoint point : found) {
			Ranked ranked = ranked(point);
			ranked.latest = point.score() / one + bonus(point);
			sorted.add(ranked);
		}
		sorted.sort(Comparator.comparingDouble((Ranked ranked) -> -ranked.latest));
		for (int rank = 1; rank <= sorted.size(); rank++) {
			sorted.get(rank - 1).reciprocal += weight / (CONSTANT + rank);
		}
	}

	private double bonus(ScoredPoint point) {
		if (this.decay == null) {
			return 0;
		}
		String timestamp = Objects.toString(point.payload().get(Point.TIMESTAMP), "");
		return this.decay.bonus(Timestamps.parse(timestamp).orElse(null), this.now);
	}

	/**
	 * Returns all points, best first; equals by meaning, then in a fixed order.
	 */
	List<Ranked> best() {
		return this.points.values()
			.stream()
			.sorted(Comparator.comparingDouble(this::score)
				.reversed()
				.thenComparingDouble((Ranked ranked) -> (ranked.similarity != null) ? -ranked.similarity : 1)
				.thenComparing((Ranked ranked) -> ranked.point, ScoredPoint.BEST_FIRST))
			.toList();
	}

	double score(Ranked ranked) {
		return (this.rankings == 1) ? ranked.latest : ranked.reciprocal * (CONSTANT + 1) / this.weights;
	}

	private record Place(String collection, long id) {

	}

	/**
	 * A point in the rankings.
	 */
	static final class Ranked {

		private final ScoredPoint point;

		private @Nullable Double similarity;

		private @Nullable Double wordScore;

		private double latest;

		private double reciprocal;

		private Ranked(ScoredPoint point) {
			this.point = point;
		}

		ScoredPoint point() {
			return this.point;
		}

		@Nullable Double similarity() {
			return this.similarity;
		}

		@Nullable Double wordScore() {
			return this.wordScore;
		}

	}

}
