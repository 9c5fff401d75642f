package io.reflectbatch.conversation;

import org.jspecify.annotations.Nullable;

/**
 * Reads an attachment, of which only queued prompts matter.
 */
final class AttachmentParser {

	private AttachmentParser() {
	}

	/**
	 * Reads the value.
	 * @return the prompt, or {@code null} if the value is anything else
	 */
	static LogEntry.@Nullable QueuedPrompt parse(LineJson json) throws UnreadableLineException {
		if (!json.isObject()) {
			json.skip();
			return null;
		}
		String type = "";
		String author = null;
		LogEntry.Content prompt = LogEntry.Content.NONE;
		for (String name = json.nextProperty(); name != null; name = json.nextProperty()) {
			switch (name) {
				case "type" -> type = json.textOrEmpty();
				case "prompt" -> prompt = ContentParser.parse(json);
				case "origin" -> author = author(json);
				default -> json.skip();
			}
		}
		return type.equals("queued_command") ? new LogEntry.QueuedPrompt(Origin.ATTACHMENT, prompt.text(), author)
				: null;
	}

	/**
	 * Reads the value of a key {@code origin}.
	 * @return who wrote the text, or {@code null} if it does not say
	 */
	static @Nullable String author(LineJson json) {
		if (!json.isObject()) {
			json.skip();
			return null;
		}
		String author = null;
		for (String name = json.nextProperty(); name != null; name = json.nextProperty()) {
			if (name.equals("kind")) {
				author = json.text();
			}
			else {
				json.skip();
			}
		}
		return author;
	}

}
