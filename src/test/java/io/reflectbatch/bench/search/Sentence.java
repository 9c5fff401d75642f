package io.reflectbatch.bench.search;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sentence of a message.
 *
 * @param text the sentence, as it is in the message
 * @param start where it begins there
 */
record Sentence(String text, int start) {

	private static final int FEWEST_WORDS = 6;

	private static final int MOST_WORDS = 40;

	private static final double LEAST_LETTERS = 0.75;

	/**
	 * Finds what people may remember: sentences of 6 to 40 words within a line, outside
	 * blocks of code, three quarters of whose characters are letters.
	 * @param message the text of a message
	 */
	static List<Sentence> in(String message) {
		List<Sentence> sentences = new ArrayList<>();
		boolean code = false;
		for (int start = 0; start < message.length();) {
			int end = message.indexOf('\n', start);
			end = (end < 0) ? message.length() : end;
			String line = message.substring(start, end);
			boolean fence = line.strip().startsWith("```");
			if (!code && !fence) {
				addAll(line, start, sentences);
			}
			code ^= fence;
			start = end + 1;
		}
		return sentences;
	}

	private static void addAll(String line, int offset, List<Sentence> sentences) {
		BreakIterator boundaries = BreakIterator.getSentenceInstance(Locale.ROOT);
		boundaries.setText(line);
		int start = boundaries.first();
		for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
			String text = line.substring(start, end).strip();
			if (isMemorable(text)) {
				sentences.add(new Sentence(text, offset + line.indexOf(text, start)));
			}
			start = end;
		}
	}

	private static boolean isMemorable(String text) {
		int words = Form.words(text).size();
		long signs = text.codePoints().filter((character) -> !Character.isWhitespace(character)).count();
		long letters = text.codePoints().filter(Character::isLetter).count();
		return words >= FEWEST_WORDS && words <= MOST_WORDS && letters >= LEAST_LETTERS * signs;
	}

	/**
	 * What a passage must hold: one of the halves of this sentence, whole. Wherever the
	 * message is cut, one of its pieces has at least one of them.
	 */
	List<String> halves() {
		int middle = this.text.length() / 2;
		int space = this.text.indexOf(' ', middle);
		int end = (space >= 0 && space < this.text.length() * 3 / 4) ? space + 1
				: this.text.offsetByCodePoints(0, this.text.codePointCount(0, middle));
		return List.of(this.text.substring(0, end).strip(), this.text.substring(end).strip());
	}

}
