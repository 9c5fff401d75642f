package io.reflectbatch.bench.search;

import java.util.Map;

import io.reflectbatch.search.SearchMode;

/**
 * What came of one way to import.
 *
 * @param variant the way
 * @param points how many points it has made
 * @param tokens how many tokens the model has read
 * @param seconds how long the import took
 * @param ranks the ranks of the answers, for each question
 * @param millis how long a question took on average
 * @param positions how many tokens of a chunk are before the sentence of each question; -1
 * for titles and for what is in no chunk
 */
record Result(Variant variant, int points, long tokens, double seconds, Map<SearchMode, int[]> ranks,
		Map<SearchMode, Double> millis, int[] positions) {

	int[] ranks(SearchMode mode) {
		return this.ranks.getOrDefault(mode, new int[0]);
	}

}
