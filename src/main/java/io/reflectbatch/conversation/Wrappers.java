package io.reflectbatch.conversation;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Removes what the program wraps around commands, their output, notifications and
 * reminders, so that only what a person typed is left. Takes time in proportion to the
 * length of the text: regular expressions would not on texts that open a wrapper many
 * times and never close it. One instance a text.
 */
final class Wrappers {

	/**
	 * Around what a person typed behind the name of a command.
	 */
	private static final Tag ARGUMENTS = Tag.named("command-args");

	private static final List<Tag> TAGS = Stream
		.concat(Stream.of(ARGUMENTS), Stream
			.of("command-name", "command-message", "command-contents", "local-command-stdout", "local-command-stderr",
					"local-command-caveat", "system-reminder", "task-notification", "bash-input", "bash-stdout",
					"bash-stderr", "ide_opened_file", "ide_selection", "ide_diagnostics", "user-prompt-submit-hook")
			.map(Tag::named))
		.toList();

	private static final String INTERRUPTED = "[Request interrupted";

	private static final int MAX_INTERRUPTED_LENGTH = 80;

	/**
	 * Sentences that follow a task notification, outside its tags.
	 */
	private static final List<String> TRAILERS = List.of("\nFull transcript available at: ",
			"\nRead the output file to retrieve the result: ");

	private final String text;

	private final StringBuilder kept = new StringBuilder();

	/**
	 * Wrappers that are not closed in the rest of the text, so that each is looked for in
	 * vain only once.
	 */
	private final boolean[] unclosed = new boolean[TAGS.size()];

	private Wrappers(String text) {
		this.text = text;
	}

	/**
	 * Returns the text without wrappers. One that is not closed is left as it is, and of
	 * one around arguments only the marks are removed.
	 */
	static String strip(String text) {
		return (text.indexOf('<') < 0 && text.indexOf('[') < 0) ? text : new Wrappers(text).strip();
	}

	private String strip() {
		int keepFrom = 0;
		int index = 0;
		while (index < this.text.length()) {
			int end = endOfWrapper(index);
			if (end < 0) {
				index++;
				continue;
			}
			this.kept.append(this.text, keepFrom, index);
			keepArguments(index, end);
			keepFrom = end;
			index = end;
		}
		return this.kept.append(this.text, keepFrom, this.text.length()).toString();
	}

	private void keepArguments(int start, int end) {
		if (this.text.startsWith(ARGUMENTS.open(), start)) {
			this.kept.append(this.text, start + ARGUMENTS.open().length(), end - ARGUMENTS.close().length());
		}
	}

	/**
	 * Returns the index after the wrapper that starts here, or -1 if none does.
	 */
	private int endOfWrapper(int start) {
		return switch (this.text.charAt(start)) {
			case '<' -> endOfTag(start);
			case '[' -> endOfInterruption(start);
			default -> -1;
		};
	}

	private int endOfTag(int start) {
		Tag tag = tagAt(start);
		if (tag == null || this.unclosed[TAGS.indexOf(tag)]) {
			return -1;
		}
		int close = this.text.indexOf(tag.close(), start + tag.open().length());
		if (close < 0) {
			this.unclosed[TAGS.indexOf(tag)] = true;
			return -1;
		}
		int end = close + tag.close().length();
		return tag.equals(ARGUMENTS) ? end : endOfTrailer(end);
	}

	private @Nullable Tag tagAt(int start) {
		for (Tag tag : TAGS) {
			if (this.text.startsWith(tag.open(), start)) {
				return tag;
			}
		}
		return null;
	}

	private int endOfTrailer(int start) {
		for (String trailer : TRAILERS) {
			if (this.text.startsWith(trailer, start)) {
				int lineFeed = this.text.indexOf('\n', start + trailer.length());
				return (lineFeed >= 0) ? lineFeed : this.text.length();
			}
		}
		return start;
	}

	private int endOfInterruption(int start) {
		if (!this.text.startsWith(INTERRUPTED, start)) {
			return -1;
		}
		int end = Math.min(this.text.length(), start + MAX_INTERRUPTED_LENGTH);
		int bracket = this.text.indexOf(']', start, end);
		return (bracket >= 0) ? bracket + 1 : -1;
	}

	/**
	 * The marks at the two ends of a wrapper.
	 *
	 * @param open the mark at its beginning
	 * @param close the mark at its end
	 */
	private record Tag(String open, String close) {

		static Tag named(String name) {
			return new Tag("<" + name + ">", "</" + name + ">");
		}

	}

}
