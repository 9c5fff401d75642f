package io.reflectbatch.embedding;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The tokens of a word.
 *
 * @param ids their numbers in the model's vocabulary
 * @param ends where each ends, counted in {@code char}s from the beginning of the word
 */
record WordTokens(long[] ids, int[] ends) {
	static final WordTokens NONE = new WordTokens(new long[0], new int[0]);

	/**
	 * Joins the tokens of two parts of a word, whose ends count from the same place.
	 */
	WordTokens with(WordTokens next) {
		return (this.ids.length == 0) ? next
				: new WordTokens(LongStream.concat(Arrays.stream(this.ids), Arrays.stream(next.ids)).toArray(),
						IntStream.concat(Arrays.stream(this.ends), Arrays.stream(next.ends)).toArray());
	}

}
