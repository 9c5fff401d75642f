package io.reflectbatch.embedding;

/**
 * A slice of a text. The tokens of the slices, one after the other, are the tokens of the
 * text, so that a long text costs no more than the part of it that is needed, and memory
 * does not grow with it.
 * <p>
 * BERT's tokenization is local: normalisation (NFD without marks, lower case) looks at
 * one base character and its marks, words end at white space and around punctuation and
 * CJK ideographs, and a word of more than 100 characters is one [UNK], whatever it is
 * (<a href=
 * "https://github.com/google-research/bert/blob/master/tokenization.py">BasicTokenizer,
 * WordpieceTokenizer</a>).
 *
 * @param start where it begins
 * @param end where the part to tokenize ends
 * @param next where the next slice begins; what is between belongs to the last token
 */
record TextSlice(int start, int end, int next) {

	/**
	 * Ten times the longest word the tokenizer looks into.
	 */
	private static final int LONG_WORD = 1_000;

	/**
	 * Something else without any boundary, such as a file of zeros: cut it all the same,
	 * at the price of another [UNK].
	 */
	private static final int LIMIT = 65_536;

	/**
	 * Cuts a slice.
	 * @param text the text
	 * @param start where the slice begins
	 * @param length the wanted length, at least 1; the next boundary is taken
	 */
	static TextSlice of(String text, int start, int length) {
		int wanted = (int) Math.min(text.length(), (long) start + length);
		int letters = 0;
		for (int i = wanted; i < text.length(); i++) {
			char next = text.charAt(i);
			if (isBoundaryBefore(next)) {
				return new TextSlice(start, i, i);
			}
			letters = isPartOfWord(next) ? letters + 1 : 0;
			if (letters == LONG_WORD) {
				return new TextSlice(start, i, endOfWord(text, i));
			}
			if (i - wanted >= LIMIT && !Character.isLowSurrogate(next)) {
				return new TextSlice(start, i, i);
			}
		}
		return new TextSlice(start, text.length(), text.length());
	}

	private static int endOfWord(String text, int start) {
		int end = start;
		while (end < text.length() && continuesWord(text.codePointAt(end))) {
			end += Character.charCount(text.codePointAt(end));
		}
		return end;
	}

	/**
	 * Symbols do, and marks and control characters vanish.
	 */
	private static boolean continuesWord(int next) {
		return switch (Character.getType(next)) {
			case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
					Character.CONNECTOR_PUNCTUATION, Character.OTHER_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
					Character.FINAL_QUOTE_PUNCTUATION ->
				false;
			default ->
				!Character.isIdeographic(next) && !(Character.isBmpCodePoint(next) && isBoundaryBefore((char) next));
		};
	}

	private static boolean isBoundaryBefore(char next) {
		return isWhitespace(next) || isPunctuation(next) || (next >= '\u4E00' && next <= '\u9FFF');
	}

	private static boolean isWhitespace(char next) {
		return next == ' ' || next == '\n' || next == '\t' || next == '\r';
	}

	/**
	 * All of ASCII's punctuation but the bracket that ends a special token such as [SEP],
	 * which is one token in text too.
	 */
	private static boolean isPunctuation(char next) {
		return next != ']' && ((next >= '!' && next <= '/') || (next >= ':' && next <= '@')
				|| (next >= '[' && next <= '`') || (next >= '{' && next <= '~'));
	}

	private static boolean isPartOfWord(char next) {
		return Character.isLetterOrDigit(next) && !Character.isIdeographic(next);
	}

	/**
	 * The part to tokenize.
	 */
	String of(String text) {
		return text.substring(this.start, this.end);
	}

}
