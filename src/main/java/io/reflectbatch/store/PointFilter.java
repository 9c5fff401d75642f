package io.reflectbatch.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which points a search looks at.
 *
 * @param collections where to look; nothing is found in those that are missing
 * @param since only conversations of this time or later, if given
 * @param until only conversations before this time, if given
 * @param phrases what the text of a point must have
 */
public record PointFilter(List<String> collections, @Nullable Instant since, @Nullable Instant until,
		List<WordQuery.Phrase> phrases) {

	public PointFilter {
		collections = List.copyOf(collections);
		phrases = List.copyOf(phrases);
	}

	/**
	 * Looks at every point of these collections.
	 * @param collections their names
	 */
	public static PointFilter in(List<String> collections) {
		return new PointFilter(collections, null, null, List.of());
	}

}
