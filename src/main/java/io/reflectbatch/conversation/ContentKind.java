package io.reflectbatch.conversation;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of items in the content of a message.
 */
public enum ContentKind {

	/**
	 * What was said.
	 */
	TEXT,

	/**
	 * What the model thought.
	 */
	THINKING,

	/**
	 * A call of a tool.
	 */
	TOOL_USE,

	/**
	 * What a tool returned.
	 */
	TOOL_RESULT,

	/**
	 * An image or a document.
	 */
	MEDIA,

	/**
	 * Anything else.
	 */
	OTHER;

	static ContentKind ofType(@Nullable String type) {
		return switch (type) {
			case "text" -> TEXT;
			case "thinking", "redacted_thinking" -> THINKING;
			case "tool_use", "server_tool_use" -> TOOL_USE;
			case "tool_result", "web_search_tool_result" -> TOOL_RESULT;
			case "image", "document" -> MEDIA;
			case null, default -> OTHER;
		};
	}

}
