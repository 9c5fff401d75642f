package io.reflectbatch.conversation;

import java.util.stream.IntStream;

/**
 * A tokenizer one can do in one's head: every code point but white space is a token.
 */
final class CharacterTokenCounter implements TokenCounter {

	@Override
	public int[] tokenEnds(String text) {
		return IntStream.rangeClosed(1, text.length()).filter((end) -> endsToken(text, end)).toArray();
	}

	private static boolean endsToken(String text, int end) {
		char last = text.charAt(end - 1);
		return !TextBoundaries.isWhitespace(last)
				&& !(end < text.length() && Character.isSurrogatePair(last, text.charAt(end)));
	}

}
