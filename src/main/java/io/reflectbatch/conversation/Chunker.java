package io.reflectbatch.conversation;

import java.util.function.Consumer;

/**
 * Groups the messages of one file into chunks. Not thread-safe; one instance a file.
 * <p>
 * A chunk depends only on the messages before and in it, so that appending to a file
 * never changes chunks that are already complete.
 */
public interface Chunker {

	/**
	 * Takes the next message.
	 * @param message the message, in file order
	 * @param completed receives the chunks that are complete now, in order
	 */
	void add(Message message, Consumer<Chunk> completed);

	/**
	 * Ends the file: nothing may be added any more. What is still open stays known to
	 * {@link #continueAt}, as it is not complete when the file grows.
	 * @param completed receives the last, incomplete chunk if there is one
	 */
	void finish(Consumer<Chunk> completed);

	/**
	 * Where to continue when the file has grown: the start of the chunk that is open now,
	 * or, if none is, where the next message will begin one.
	 * @param next the place after everything that was read; its message number counts all
	 * messages added so far, its chunk is ignored
	 */
	ReadingPosition continueAt(ReadingPosition next);

}
