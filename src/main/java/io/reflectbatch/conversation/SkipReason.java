package io.reflectbatch.conversation;

import java.util.Set;

/**
 * Why a line is passed over.
 */
public enum SkipReason {

	/**
	 * Only what tools returned.
	 */
	TOOL_RESULT("tool results"),

	/**
	 * Only calls of tools.
	 */
	TOOL_USE("tool calls"),

	/**
	 * Only what the model thought.
	 */
	THINKING("thinking"),

	/**
	 * Only images and documents.
	 */
	MEDIA("images and documents"),

	/**
	 * A message without any text.
	 */
	NO_TEXT("messages without text"),

	/**
	 * A text of nothing but white space.
	 */
	BLANK("blank texts"),

	/**
	 * Nothing but what the program wraps around commands, notifications and reminders.
	 */
	WRAPPER("commands, notifications and reminders"),

	/**
	 * A text that the program added, for example the body of a skill.
	 */
	META("texts added by the program"),

	/**
	 * The summary at the beginning of a compacted session, which repeats it.
	 */
	COMPACT_SUMMARY("summaries of compacted sessions"),

	/**
	 * A failed request.
	 */
	API_ERROR("API errors"),

	/**
	 * Said by no model.
	 */
	SYNTHETIC("synthetic messages"),

	/**
	 * A slash command without anything else.
	 */
	COMMAND("slash commands"),

	/**
	 * Not a prompt, or not one of a person.
	 */
	NOT_TYPED("queued commands that nobody typed"),

	/**
	 * A title of the conversation.
	 */
	TITLE("titles"),

	/**
	 * A line of a type that holds no messages.
	 */
	OTHER_TYPE("lines of other types");

	private final String words;

	SkipReason(String words) {
		this.words = words;
	}

	/**
	 * Tells what a message without text holds instead.
	 */
	static SkipReason ofTextless(Set<ContentKind> kinds) {
		if (kinds.contains(ContentKind.TOOL_RESULT)) {
			return TOOL_RESULT;
		}
		if (kinds.contains(ContentKind.TOOL_USE)) {
			return TOOL_USE;
		}
		if (kinds.contains(ContentKind.THINKING)) {
			return THINKING;
		}
		return kinds.contains(ContentKind.MEDIA) ? MEDIA : NO_TEXT;
	}

	/**
	 * The words for people.
	 */
	@Override
	public String toString() {
		return this.words;
	}

}
