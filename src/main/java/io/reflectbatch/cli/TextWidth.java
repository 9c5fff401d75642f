package io.reflectbatch.cli;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many columns of a terminal a text takes. Letters of East Asian scripts and emojis
 * take two, accents none; what people see as one character is never torn apart.
 *
 * @see <a href="https://www.unicode.org/reports/tr11/">Unicode Standard Annex 11, East
 * Asian Width</a>
 * @see <a href="https://www.unicode.org/reports/tr29/">Unicode Standard Annex 29, Text
 * Segmentation</a>
 */
final class TextWidth {

	private static final int FIRST_BEYOND_LATIN = 0x300;

	private static final int EMOJI_STYLE = 0xFE0F;

	/** First and last of each range of wide characters. */
	private static final int[][] WIDE = { { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0xA4CF },
			{ 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF01, 0xFF60 },
			{ 0xFFE0, 0xFFE6 }, { 0x1F1E6, 0x1F1FF }, { 0x20000, 0x3FFFD } };

	private TextWidth() {
	}

	static int of(String text) {
		if (text.chars().allMatch((character) -> character < FIRST_BEYOND_LATIN)) {
			return text.length();
		}
		int width = 0;
		BreakIterator characters = characters(text);
		int start = 0;
		for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
			width += width(text, start, end);
			start = end;
		}
		return width;
	}

	private static BreakIterator characters(String text) {
		BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
		characters.setText(text);
		return characters;
	}

	private static int width(String text, int start, int end) {
		int first = text.codePointAt(start);
		if (isWide(first) || text.substring(start, end).indexOf(EMOJI_STYLE) >= 0) {
			return 2;
		}
		return switch (Character.getType(first)) {
			case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
			default -> 1;
		};
	}

	private static boolean isWide(int character) {
		if (Character.isEmojiPresentation(character)) {
			return true;
		}
		for (int[] range : WIDE) {
			if (character >= range[0] && character <= range[1]) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Fills a text up with blanks.
	 * @param text the text
	 * @param width how wide it is to be at least
	 */
	static String padded(String text, int width) {
		return text + " ".repeat(Math.max(0, width - of(text)));
	}

	/**
	 * Breaks a text into lines, at blanks where there are some.
	 * @param text one line
	 * @param width how wide a line may be
	 * @return where each line begins, and at last where the text ends
	 */
	static List<Integer> lines(String text, int width) {
		List<Integer> starts = new ArrayList<>(List.of(0));
		BreakIterator characters = characters(text);
		int start = 0;
		int used = 0;
		int blank = -1;
		for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
			used += width(text, start, end);
			if (used > width && start > starts.getLast()) {
				int next = (blank > starts.getLast()) ? blank : start;
				starts.add(next);
				used = of(text.substring(next, end));
			}
			if (text.charAt(start) == ' ') {
				blank = end;
			}
			start = end;
		}
		starts.add(text.length());
		return starts;
	}

}
