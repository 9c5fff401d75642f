package io.reflectbatch.watch;

/**
 * Texts in JSON, written without a library, which would take more memory than everything
 * else here.
 */
public final class JsonText {

	private JsonText() {
	}

	/**
	 * Writes a text in quotation marks (RFC 8259, section 7).
	 * @param text the text
	 */
	public static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '"' || character == '\\') {
				quoted.append('\\').append(character);
			}
			else if (character < ' ') {
				quoted.append(String.format("\\u%04x", (int) character));
			}
			else {
				quoted.append(character);
			}
		}
		return quoted.append('"').toString();
	}

}
