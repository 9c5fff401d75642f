package io.reflectbatch.conversation;

import java.util.Arrays;

/**
 * How evenly a text uses its characters.
 *
 * @see <a href="https://doi.org/10.1002/j.1538-7305.1948.tb01338.x">Shannon, A
 * Mathematical Theory of Communication</a>
 */
final class Entropy {

	private Entropy() {
	}

	/**
	 * Returns the entropy of a text in bits a character: 0 if all are the same.
	 */
	static double of(String text) {
		char[] characters = text.toCharArray();
		Arrays.sort(characters);
		double entropy = 0;
		int start = 0;
		for (int end = 1; end <= characters.length; end++) {
			if (end == characters.length || characters[end] != characters[start]) {
				double share = (end - start) / (double) characters.length;
				entropy -= share * Math.log(share) / Math.log(2);
				start = end;
			}
		}
		return entropy;
	}

}
