package io.reflectbatch.conversation;

import java.util.Arrays;

/**
 * A message or a piece of one as it stands in a window, with the place of every token.
 *
 * @param text {@code ROLE: } and the piece
 * @param tokenEnds where each token of the text ends
 */
record Line(String text, int[] tokenEnds) {

	static Line of(String text, TokenCounter tokens) {
		return new Line(text, tokens.tokenEnds(text));
	}

	int tokens() {
		return this.tokenEnds.length;
	}

	/**
	 * The first part of this line, if it ends at white space: only then its tokens are
	 * the same as here.
	 */
	Line upTo(int end) {
		int count = 0;
		while (count < this.tokenEnds.length && this.tokenEnds[count] <= end) {
			count++;
		}
		return new Line(this.text.substring(0, end), Arrays.copyOf(this.tokenEnds, count));
	}

	/**
	 * How far a number of tokens and the white space after them reach.
	 */
	int reach(int maximumTokens) {
		if (this.tokenEnds.length <= maximumTokens) {
			return this.text.length();
		}
		int reach = endBefore(maximumTokens);
		while (reach < this.text.length() && TextBoundaries.isWhitespace(this.text.charAt(reach))) {
			reach++;
		}
		return reach;
	}

	/**
	 * Several tokens may end at the same place, for example those of one Korean syllable:
	 * all or none of them count.
	 */
	private int endBefore(int token) {
		int last = token - 1;
		while (last >= 0 && this.tokenEnds[last] == this.tokenEnds[token]) {
			last--;
		}
		return (last >= 0) ? this.tokenEnds[last] : 0;
	}

}
