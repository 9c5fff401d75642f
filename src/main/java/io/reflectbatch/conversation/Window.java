package io.reflectbatch.conversation;

import java.util.Locale;

/**
 * The chunk that is being filled: lines {@code ROLE: text}, joined with line feeds.
 */
final class Window {

	private final StringBuilder text;

	private final Message first;

	private final ReadingPosition start;

	private Message last;

	private int tokens;

	/**
	 * Opens a window.
	 * @param message the message it begins with
	 * @param line that message, or a piece of it, as a line
	 * @param tokens the number of tokens of the line
	 * @param start where to start reading in order to get this window again
	 */
	Window(Message message, String line, int tokens, ReadingPosition start) {
		this.text = new StringBuilder(line);
		this.first = message;
		this.start = start;
		this.last = message;
		this.tokens = tokens;
	}

	/**
	 * The place of a message that begins the chunk of the given index.
	 */
	static ReadingPosition startAt(Message message, int chunk) {
		return new ReadingPosition(message.offset(), message.line(), message.number(), chunk);
	}

	/**
	 * What every line of a message begins with.
	 */
	static String prefix(Message message) {
		return message.role().toUpperCase(Locale.ROOT) + ": ";
	}

	void append(Message message, String line, int tokens) {
		this.text.append('\n').append(line);
		this.last = message;
		this.tokens += tokens;
	}

	int messages() {
		return this.last.number() - this.first.number() + 1;
	}

	int tokens() {
		return this.tokens;
	}

	int characters() {
		return this.text.length();
	}

	ReadingPosition start() {
		return this.start;
	}

	Chunk toChunk(int index) {
		return new Chunk(index, this.text.toString(), this.first.role(), this.first.number(), this.last.number(),
				this.first.line(), this.start);
	}

}
