package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.List;

/**
 * The part of a text that a model sees which cuts at a number of tokens. Given to
 * everybody, it makes all do the same work: LangChain4j cuts a long text into pieces,
 * embeds a part of each, and returns the mean.
 */
public final class EmbeddedPart {

	private EmbeddedPart() {
	}

	/**
	 * Cuts texts.
	 * @param texts the texts
	 * @param maximumTokens where the model cuts, its two special tokens included
	 * @param home a data directory in which the native libraries were unpacked
	 */
	public static List<String> of(List<String> texts, int maximumTokens, Path home) {
		NativeLibraries.prepare(home);
		try (Tokenizer tokenizer = Tokenizer.open(ModelFiles.TOKENIZER)) {
			return texts.stream().map((text) -> cut(text, tokenizer.tokenEnds(text), maximumTokens - 2)).toList();
		}
	}

	private static String cut(String text, int[] ends, int tokens) {
		return (ends.length > tokens) ? text.substring(0, ends[tokens - 1]) : text;
	}

}
