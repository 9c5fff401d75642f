package io.reflectbatch.conversation;

import org.jspecify.annotations.Nullable;

/**
 * Texts joined with line feeds. A single text, the usual case, is not copied.
 */
final class JoinedText {

	private @Nullable String first;

	private @Nullable StringBuilder joined;

	void add(String text) throws UnreadableLineException {
		if (this.first == null) {
			this.first = text;
			return;
		}
		if (this.joined == null) {
			this.joined = new StringBuilder(this.first);
		}
		if (this.joined.length() + text.length() >= LineJson.MAX_TEXT_LENGTH) {
			throw UnreadableLineException.textTooLong();
		}
		this.joined.append('\n').append(text);
	}

	@Override
	public String toString() {
		if (this.joined != null) {
			return this.joined.toString();
		}
		return (this.first != null) ? this.first : "";
	}

}
