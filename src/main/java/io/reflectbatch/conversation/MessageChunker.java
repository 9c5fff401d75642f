package io.reflectbatch.conversation;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Chunks of a fixed number of messages, however long they are: what Claude Self-Reflect
 * writes. Most of the text of a chunk is then beyond what the model reads; see
 * {@link WindowChunker}.
 */
public final class MessageChunker implements Chunker {

	private final int messages;

	private int index;

	private @Nullable Window open;

	/**
	 * Chunks a file from its beginning.
	 * @param messages the number of messages of a chunk
	 */
	public MessageChunker(int messages) {
		this(messages, 0);
	}

	/**
	 * Chunks a file from the {@link Chunk#start() start} of one of its chunks.
	 * @param messages the number of messages of a chunk
	 * @param firstChunk the index of the chunk that begins there
	 */
	public MessageChunker(int messages, int firstChunk) {
		if (messages < 1) {
			throw new IllegalArgumentException("A chunk holds at least 1 message, not " + messages);
		}
		this.messages = messages;
		this.index = firstChunk;
	}

	@Override
	public void add(Message message, Consumer<Chunk> completed) {
		Window window = join(message);
		this.open = window;
		if (window.messages() == this.messages) {
			completed.accept(window.toChunk(this.index++));
			this.open = null;
		}
	}

	private Window join(Message message) {
		String line = Window.prefix(message) + message.text();
		Window window = this.open;
		if (window == null) {
			return new Window(message, line, 0, Window.startAt(message, this.index));
		}
		window.append(message, line, 0);
		return window;
	}

	@Override
	public void finish(Consumer<Chunk> completed) {
		if (this.open != null) {
			completed.accept(this.open.toChunk(this.index));
		}
	}

	@Override
	public ReadingPosition continueAt(ReadingPosition next) {
		return (this.open != null) ? this.open.start() : next.withChunk(this.index);
	}

}
