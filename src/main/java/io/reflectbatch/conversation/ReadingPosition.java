package io.reflectbatch.conversation;

/**
 * A place in a file at which reading can start and gives the same chunks as reading from
 * the beginning would: always the beginning of a line whose message starts a chunk.
 *
 * @param offset the byte offset of the line in the file
 * @param line the number of the line, from 1
 * @param message the number of the next message, from 0
 * @param chunk the index of the next chunk, from 0
 */
public record ReadingPosition(long offset, long line, int message, int chunk) {

	/**
	 * The beginning of a file.
	 */
	public static final ReadingPosition START = new ReadingPosition(0, 1, 0, 0);

	/**
	 * The same place, at which the chunk of the given index begins.
	 */
	ReadingPosition withChunk(int chunk) {
		return new ReadingPosition(this.offset, this.line, this.message, chunk);
	}

}
