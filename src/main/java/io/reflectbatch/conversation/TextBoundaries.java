package io.reflectbatch.conversation;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Where a text is best cut: after a paragraph, a line, a sentence or a word, in that
 * order of preference, else between two characters as people see them (grapheme clusters,
 * UAX 29).
 */
final class TextBoundaries {

	private static final String TERMINATORS = ".!?\u2026";

	/**
	 * Chinese and Japanese end a sentence without a space.
	 */
	private static final String WIDE_TERMINATORS = "\u3002\uff01\uff1f\uff61";

	private static final String CLOSERS = "\"')]}*_`\u00bb\u2019\u201d\u300d\u300f\u3011\u300b\uff09";

	/**
	 * The longest cluster that is respected; more is not writing.
	 */
	private static final int CLUSTER = 256;

	private final String text;

	private TextBoundaries(String text) {
		this.text = text;
	}

	/**
	 * Returns where to cut: at the last of the best boundaries in the second half of what
	 * is allowed, so that pieces stay long.
	 * @param text the whole text
	 * @param start where the piece begins
	 * @param reach the largest possible end of the piece, behind the start and not inside
	 * a surrogate pair; before the end of the text
	 */
	static int last(String text, int start, int reach) {
		return new TextBoundaries(text).last(start, reach);
	}

	/**
	 * Returns where to begin within a part of a text: at its first line or sentence, else
	 * at its first word.
	 * @param text the whole text
	 * @param from the smallest possible beginning, behind the start of the text
	 * @param end the end of the part, which is the result if nothing begins before it
	 */
	static int first(String text, int from, int end) {
		return new TextBoundaries(text).first(from, end);
	}

	/**
	 * Whether words of the model end at a character. BERT's tokenizer deletes the other
	 * controls that Java takes for white space (form feed, U+001C), and so joins what is
	 * around them.
	 */
	static boolean isWhitespace(char character) {
		return character == '\n' || character == '\r' || character == '\t' || Character.isSpaceChar(character);
	}

	private int last(int start, int reach) {
		int half = start + (reach - start) / 2;
		for (IntPredicate boundary : inOrderOfPreference()) {
			for (int end = reach; end > half; end--) {
				if (boundary.test(end) && !isInsideCluster(end)) {
					return end;
				}
			}
		}
		return lastCluster(start, reach);
	}

	private int first(int from, int end) {
		for (IntPredicate boundary : List.<IntPredicate>of((index) -> endsLine(index) || endsSentence(index),
				this::endsWord)) {
			for (int index = from; index < end; index++) {
				if (boundary.test(index) && !isInsideCluster(index)) {
					return index;
				}
			}
		}
		return end;
	}

	private List<IntPredicate> inOrderOfPreference() {
		return List.of(this::endsParagraph, this::endsLine, this::endsSentence, this::endsWord);
	}

	private boolean endsParagraph(int end) {
		if (!endsLine(end)) {
			return false;
		}
		int index = end - 2;
		while (index >= 0 && this.text.charAt(index) != '\n' && isWhitespace(this.text.charAt(index))) {
			index--;
		}
		return index >= 0 && this.text.charAt(index) == '\n';
	}

	private boolean endsLine(int end) {
		return this.text.charAt(end - 1) == '\n';
	}

	private boolean endsSentence(int end) {
		if (isWhitespaceAt(end)) {
			return false;
		}
		return endsWord(end) ? isAt(skipClosers(skipWhitespace(end - 1)), TERMINATORS + WIDE_TERMINATORS)
				: endsWideSentence(end);
	}

	private boolean endsWideSentence(int end) {
		return !isAt(end, CLOSERS) && !isAt(end, WIDE_TERMINATORS) && isAt(skipClosers(end - 1), WIDE_TERMINATORS);
	}

	/**
	 * White space stays with what is before it.
	 */
	private boolean endsWord(int end) {
		return isWhitespaceAt(end - 1) && !isWhitespaceAt(end);
	}

	private int skipWhitespace(int last) {
		int index = last;
		while (isWhitespaceAt(index)) {
			index--;
		}
		return index;
	}

	private int skipClosers(int last) {
		int index = last;
		while (isAt(index, CLOSERS)) {
			index--;
		}
		return index;
	}

	private boolean isWhitespaceAt(int index) {
		return index >= 0 && index < this.text.length() && isWhitespace(this.text.charAt(index));
	}

	private boolean isAt(int index, String characters) {
		return index >= 0 && index < this.text.length() && characters.indexOf(this.text.charAt(index)) >= 0;
	}

	/**
	 * Whether a place after white space or a full stop is inside a cluster nevertheless.
	 */
	private boolean isInsideCluster(int index) {
		return index < this.text.length() && isExtension(this.text.codePointAt(index));
	}

	private static boolean isExtension(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK,
					Character.FORMAT ->
				true;
			default -> Character.isEmojiModifier(codePoint);
		};
	}

	private int lastCluster(int start, int reach) {
		int from = Math.max(start, reach - CLUSTER);
		BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
		clusters.setText(this.text.substring(from, Math.min(this.text.length(), reach + 2)));
		int last = clusters.preceding(reach - from + 1);
		return (last > 0) ? from + last : reach;
	}

}
