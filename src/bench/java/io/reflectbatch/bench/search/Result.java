package io.reflectbatch.bench.search;

import java.util.Map;

import io.reflectbatch.search.SearchMode;

/**
 * What came of one way to import.
 *
 * @param variant the way
 * @param points how many points it has made
 * @param messages how many messages are in them; 0 if they do not tell
 * @param tokens how many tokens the model has read
 * @param seconds how long the import took
 * @param ranks the ranks of the answers, for each question
 * @param shown the ranks of the first passages whose excerpts show the answers
 * @param positions how many tokens of a chunk are before the sentence of each question; -1
 * for titles and for what is in no chunk
 */
record Result(Variant variant, int points, int messages, long tokens, double seconds, Map<SearchMode, int[]> ranks,
		Map<SearchMode, int[]> shown, int[] positions) {

	int[] ranks(SearchMode mode) {
		return this.ranks.getOrDefault(mode, new int[0]);
	}

}
