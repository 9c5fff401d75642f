package io.reflectbatch.conversation;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A line of a conversation log: what is needed to decide whether it is to be found again.
 * All texts are well-formed: lone surrogates and NUL are U+FFFD.
 *
 * @param offset the byte offset in the file at which the line begins
 * @param line the number of the line, from 1
 * @param type the type of the line, for example {@code user}; empty if it has none
 * @param uuid the identity of the message, the same in every file that has a copy
 * @param timestamp the value of the key {@code timestamp}, verbatim, if it is a text or a
 * number
 * @param flags the marks on the line
 * @param message what was said
 * @param prompt what was typed while the assistant was busy
 * @param title the title that the line gives to the conversation; not blank
 */
public record LogEntry(long offset, long line, String type, @Nullable String uuid, @Nullable String timestamp,
		Flags flags, @Nullable Said message, @Nullable QueuedPrompt prompt,
		@Nullable String title) implements LogRecord {

	/**
	 * The marks on a line.
	 *
	 * @param meta a text that the program added
	 * @param sidechain said by or to a subagent
	 * @param compactSummary repeats the session so far
	 * @param apiError reports a failed request
	 */
	public record Flags(boolean meta, boolean sidechain, boolean compactSummary, boolean apiError) {

		/**
		 * No marks.
		 */
		public static final Flags NONE = new Flags(false, false, false, false);

	}

	/**
	 * The message of a line.
	 *
	 * @param role the speaker; empty if the line names none
	 * @param model the model that spoke
	 * @param content what was said
	 */
	public record Said(String role, @Nullable String model, Content content) {

	}

	/**
	 * The content of a message.
	 *
	 * @param present whether there is content of any kind
	 * @param text the content if it is a text; of a list the texts, joined with line
	 * feeds; empty if there is none
	 * @param kinds the kinds of items in it
	 */
	public record Content(boolean present, String text, Set<ContentKind> kinds) {

		static final Content NONE = new Content(false, "", Set.of());

		public Content {
			kinds = Set.copyOf(kinds);
		}

	}

	/**
	 * A prompt typed while the assistant was busy.
	 *
	 * @param origin where it was found
	 * @param text the prompt; empty if there is none
	 * @param author who wrote it ({@code origin.kind}), for example {@code human}
	 */
	public record QueuedPrompt(Origin origin, String text, @Nullable String author) {

	}

}
