package io.reflectbatch.embedding;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Remembers the tokens of words, as most words of a conversation come again. Thread-safe.
 */
final class WordMemory {

	/**
	 * Longer ones hardly come again: encoded data, or writing without spaces.
	 */
	private static final int LONGEST = 64;

	/**
	 * About 4 MB. A session has some thousand words.
	 */
	private static final int CAPACITY = 16_384;

	private final Function<String, WordTokens> tokenizer;

	private final ToIntFunction<String> counter;

	private final Map<String, WordTokens> words = new ConcurrentHashMap<>();

	private final AtomicReferenceArray<WordTokens> characters = new AtomicReferenceArray<>(TextWords.CHARACTERS);

	/**
	 * Creates an empty memory.
	 * @param tokenizer gives the tokens of a word that is not remembered
	 * @param counter counts those of a word that is not worth it
	 */
	WordMemory(Function<String, WordTokens> tokenizer, ToIntFunction<String> counter) {
		this.tokenizer = tokenizer;
		this.counter = counter;
	}

	/**
	 * Returns the tokens of a word.
	 */
	WordTokens get(String word) {
		if (word.length() > LONGEST) {
			return this.tokenizer.apply(word);
		}
		WordTokens known = this.words.get(word);
		return (known != null) ? known : learn(word);
	}

	/**
	 * Returns the number of tokens of a word.
	 */
	int count(String word) {
		return (word.length() > LONGEST) ? this.counter.applyAsInt(word) : get(word).ids().length;
	}

	/**
	 * A full memory forgets everything: what is common is back soon, and there is no
	 * order to keep.
	 */
	private WordTokens learn(String word) {
		WordTokens tokens = this.tokenizer.apply(word);
		if (this.words.size() >= CAPACITY) {
			this.words.clear();
		}
		this.words.put(word, tokens);
		return tokens;
	}

	/**
	 * Returns the tokens of a word of one character.
	 * @param character less than {@link TextWords#CHARACTERS}
	 */
	WordTokens get(char character) {
		WordTokens known = this.characters.get(character);
		if (known != null) {
			return known;
		}
		WordTokens tokens = this.tokenizer.apply(String.valueOf(character));
		this.characters.set(character, tokens);
		return tokens;
	}

}
