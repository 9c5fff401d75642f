package io.reflectbatch.conversation;

/**
 * A made-up line of a log, and what a correct reader does with it.
 *
 * @param json the line without its end
 * @param reference whether the reference importer takes it for a message
 * @param selected whether it is to be found again by default
 * @param problem whether it cannot be read
 */
record SyntheticLine(String json, boolean reference, boolean selected, boolean problem) {

	/**
	 * What a person or the assistant says.
	 */
	static SyntheticLine said(String json) {
		return new SyntheticLine(json, true, true, false);
	}

	/**
	 * What only looks like it.
	 */
	static SyntheticLine pretended(String json) {
		return new SyntheticLine(json, true, false, false);
	}

	/**
	 * What is said, but not in a message.
	 */
	static SyntheticLine queued(String json) {
		return new SyntheticLine(json, false, true, false);
	}

	static SyntheticLine other(String json) {
		return new SyntheticLine(json, false, false, false);
	}

	static SyntheticLine unreadable(String json) {
		return new SyntheticLine(json, false, false, true);
	}

	/**
	 * Returns a text as a JSON string.
	 */
	static String quote(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			switch (character) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				case '\n' -> quoted.append("\\n");
				case '\t' -> quoted.append("\\t");
				default -> quoted.append(character);
			}
		}
		return quoted.append('"').toString();
	}

}
