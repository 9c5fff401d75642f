package io.reflectbatch.embedding;

/**
 * Cuts long text into slices whose tokens, one after the other, are the tokens of the
 * whole, so that the cost of a text is that of the part which is needed.
 * <p>
 * BERT's tokenization is local: normalisation (NFD without marks, lower case) looks at
 * one base character and its marks, and words end at white space, around punctuation and
 * around every CJK ideograph (<a href=
 * "https://github.com/google-research/bert/blob/master/tokenization.py">BasicTokenizer</a>).
 */
final class TextSlices {

	private TextSlices() {
	}

	/**
	 * Returns the end of the slice that begins at an index: the first place at or after a
	 * wanted length where a cut changes no token, or the end of the text.
	 * @param text the text
	 * @param start where the slice begins
	 * @param length the wanted length, at least 1
	 */
	static int end(String text, int start, int length) {
		int end = start + length;
		while (end < text.length() && !isWordBoundaryBefore(text.charAt(end))) {
			end++;
		}
		return Math.min(end, text.length());
	}

	private static boolean isWordBoundaryBefore(char next) {
		return next == ' ' || next == '\n' || next == '\t' || next == '\r' || isPunctuation(next) || isIdeograph(next);
	}

	/**
	 * All of ASCII's punctuation but the bracket that ends a special token such as [SEP],
	 * which is one token in text too.
	 */
	private static boolean isPunctuation(char next) {
		return next != ']' && ((next >= '!' && next <= '/') || (next >= ':' && next <= '@')
				|| (next >= '[' && next <= '`') || (next >= '{' && next <= '~'));
	}

	private static boolean isIdeograph(char next) {
		return next >= '\u4E00' && next <= '\u9FFF';
	}

}
