package io.reflectbatch.store;

import java.util.Comparator;
import java.util.Map;

/**
 * A point that was found.
 *
 * @param collection where it is
 * @param id its id
 * @param score the cosine similarity, from -1 to 1, or how well the words of a question
 * match
 * @param payload its payload, see {@link Point#payload()}
 */
public record ScoredPoint(String collection, long id, double score, Map<String, Object> payload) {

	/**
	 * Best first; equals in a fixed order, so that the same question gets the same
	 * answer.
	 */
	public static final Comparator<ScoredPoint> BEST_FIRST = Comparator.comparingDouble(ScoredPoint::score)
		.reversed()
		.thenComparing(ScoredPoint::collection)
		.thenComparingLong(ScoredPoint::id);

}
