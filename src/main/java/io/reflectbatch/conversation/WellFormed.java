package io.reflectbatch.conversation;

/**
 * Makes texts fit for UTF-8: what Qdrant, protobuf and PostgreSQL refuse becomes U+FFFD.
 */
final class WellFormed {

	private static final char REPLACEMENT = '\uFFFD';

	private WellFormed() {
	}

	/**
	 * Returns the text without lone surrogates and NUL, which is mostly the text itself.
	 */
	static String of(String text) {
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			if (isPair(text, index)) {
				index++;
			}
			else if (character == 0 || Character.isSurrogate(character)) {
				return replaced(text, index);
			}
		}
		return text;
	}

	private static String replaced(String text, int first) {
		StringBuilder result = new StringBuilder(text);
		for (int index = first; index < result.length(); index++) {
			char character = result.charAt(index);
			if (isPair(result, index)) {
				index++;
			}
			else if (character == 0 || Character.isSurrogate(character)) {
				result.setCharAt(index, REPLACEMENT);
			}
		}
		return result.toString();
	}

	private static boolean isPair(CharSequence text, int index) {
		return Character.isHighSurrogate(text.charAt(index)) && index + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(index + 1));
	}

}
