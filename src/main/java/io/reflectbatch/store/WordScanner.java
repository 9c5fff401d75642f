package io.reflectbatch.store;

import java.lang.Character.UnicodeScript;
import java.util.Locale;

/**
 * Finds the words of a text, in any language, as they are indexed and looked for.
 * <p>
 * A word is a run of letters and digits, in lower case; what stands between is not
 * indexed, so that {@code GRPC_PORT} is two words. Chinese, Japanese and Korean write
 * without spaces, or glue particles to words: there every two neighbouring characters are
 * a word, and a single one is a word if it stands alone. Not thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/cs/9903003">Nie et al., On the Use of Words and
 * N-grams for Chinese Information Retrieval</a>
 */
public final class WordScanner {

	/**
	 * What is longer, such as Base64, is no word that anybody looks for; only so many of
	 * its characters count.
	 */
	private static final int LONGEST = 64;

	private final String text;

	private int position;

	private int start;

	private int end;

	private boolean insideRun;

	public WordScanner(String text) {
		this.text = text;
	}

	/**
	 * Goes to the next word.
	 * @return whether there is one
	 */
	public boolean next() {
		while (this.position < this.text.length()) {
			int character = this.text.codePointAt(this.position);
			if (isGlued(character)) {
				if (nextPair(character)) {
					return true;
				}
			}
			else {
				this.insideRun = false;
				if (Character.isLetterOrDigit(character)) {
					nextRun();
					return true;
				}
				this.position += Character.charCount(character);
			}
		}
		return false;
	}

	/**
	 * The last of a run has been a part of the pair before it.
	 */
	private boolean nextPair(int character) {
		this.start = this.position;
		this.position += Character.charCount(character);
		this.end = this.position;
		boolean pair = this.position < this.text.length() && isGlued(this.text.codePointAt(this.position));
		boolean alone = !pair && !this.insideRun;
		if (pair) {
			this.end += Character.charCount(this.text.codePointAt(this.position));
		}
		this.insideRun = pair;
		return pair || alone;
	}

	private void nextRun() {
		this.start = this.position;
		while (this.position < this.text.length() && isPart(this.text.codePointAt(this.position))) {
			this.position += Character.charCount(this.text.codePointAt(this.position));
		}
		this.end = this.position;
	}

	private static boolean isPart(int character) {
		return (Character.isLetterOrDigit(character) || isMark(character)) && !isGlued(character);
	}

	private static boolean isMark(int character) {
		return switch (Character.getType(character)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
			default -> false;
		};
	}

	/**
	 * Whether a character belongs to a script in which neighbours make words.
	 * @param character a code point
	 */
	static boolean isGlued(int character) {
		if (character < 0x1100) {
			return false;
		}
		if (!Character.isLetter(character)) {
			return false;
		}
		return switch (UnicodeScript.of(character)) {
			case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
			// The mark of a long vowel belongs to both Japanese syllabaries.
			default -> character == '\u30FC';
		};
	}

	/**
	 * Tells whether a text is exactly one word.
	 * @param text any text
	 */
	public static boolean isOneWord(String text) {
		WordScanner words = new WordScanner(text);
		return words.next() && words.start() == 0 && words.end() == text.length();
	}

	/**
	 * The word, in lower case.
	 */
	public String term() {
		String word = this.text.substring(this.start, Math.min(this.end, wholeCharacters(this.start + LONGEST)));
		return word.toLowerCase(Locale.ROOT);
	}

	private int wholeCharacters(int limit) {
		boolean splits = limit < this.text.length() && Character.isLowSurrogate(this.text.charAt(limit));
		return splits ? limit - 1 : limit;
	}

	/**
	 * Where the word begins in the text.
	 */
	public int start() {
		return this.start;
	}

	/**
	 * Where it ends, exclusive; the next one may begin before, if both are pairs.
	 */
	public int end() {
		return this.end;
	}

}
