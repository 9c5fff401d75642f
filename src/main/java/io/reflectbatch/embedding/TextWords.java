package io.reflectbatch.embedding;

import java.util.List;

/**
 * Walks through the words of a text. The tokens of the words, one after the other, are
 * the tokens of the text, because a word ends only where BERT's tokenizer ends one
 * whatever the characters around are: at white space, and before and after ASCII's
 * punctuation and the common CJK ideographs, which are words of one character each (see
 * {@link TextSlice}). What a word is beyond that, for example with the punctuation of
 * other scripts in it, is left to the tokenizer.
 */
final class TextWords {

	/**
	 * Words of one character are below.
	 */
	static final int CHARACTERS = 0xA000;

	private static final char FIRST_IDEOGRAPH = '\u4E00';

	/**
	 * One token each, wherever they are in a text, and the only ones with punctuation in
	 * them.
	 */
	private static final List<String> SPECIAL = List.of("[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]");

	private static final boolean[] WHITESPACE = table(" \n\t\r");

	private static final boolean[] PUNCTUATION = table("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

	private final String text;

	private int start;

	private int end;

	TextWords(String text) {
		this.text = text;
	}

	private static boolean[] table(String characters) {
		boolean[] table = new boolean[128];
		characters.chars().forEach((character) -> table[character] = true);
		return table;
	}

	/**
	 * Moves on to the next word.
	 * @return whether there is one
	 */
	boolean next() {
		this.start = this.end;
		while (this.start < this.text.length() && isWhitespace(this.text.charAt(this.start))) {
			this.start++;
		}
		if (this.start == this.text.length()) {
			return false;
		}
		this.end = isAlone(this.text.charAt(this.start)) ? endOfSpecial() : endOfWord();
		return true;
	}

	private int endOfSpecial() {
		if (this.text.charAt(this.start) == '[') {
			for (String special : SPECIAL) {
				if (this.text.startsWith(special, this.start)) {
					return this.start + special.length();
				}
			}
		}
		return this.start + 1;
	}

	private int endOfWord() {
		int index = this.start + 1;
		while (index < this.text.length() && !isBoundary(this.text.charAt(index))) {
			index++;
		}
		return index;
	}

	private static boolean isBoundary(char character) {
		return isAlone(character) || isWhitespace(character);
	}

	private static boolean isWhitespace(char character) {
		return character < WHITESPACE.length && WHITESPACE[character];
	}

	private static boolean isAlone(char character) {
		return (character < PUNCTUATION.length) ? PUNCTUATION[character]
				: character >= FIRST_IDEOGRAPH && character < CHARACTERS;
	}

	/**
	 * Where the word begins.
	 */
	int start() {
		return this.start;
	}

	/**
	 * Looks the word up.
	 */
	WordTokens tokens(WordMemory memory) {
		return isCharacter() ? memory.get(this.text.charAt(this.start)) : memory.get(word());
	}

	/**
	 * Counts its tokens.
	 */
	int count(WordMemory memory) {
		return isCharacter() ? memory.get(this.text.charAt(this.start)).ids().length : memory.count(word());
	}

	private boolean isCharacter() {
		return this.end == this.start + 1 && isAlone(this.text.charAt(this.start));
	}

	private String word() {
		return this.text.substring(this.start, this.end);
	}

}
