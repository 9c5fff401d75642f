package io.reflectbatch.conversation;

/**
 * A piece of a conversation that gets one vector.
 *
 * @param index the position among the chunks of the file, from 0
 * @param text the messages, each as {@code ROLE: text}, joined with line feeds
 * @param startRole the role of the first message
 * @param firstMessage the number of the first message, from 0
 * @param lastMessage the number of the last message, inclusive
 * @param line the number of the line in the file where the first message is, from 1
 * @param start where to start reading in order to get this chunk again; for a chunk that
 * begins in the middle of a message, the position of that message, at which the chunks of
 * its first part come first
 */
public record Chunk(int index, String text, String startRole, int firstMessage, int lastMessage, long line,
		ReadingPosition start) {

	/**
	 * The number of messages of which this chunk holds at least a part.
	 */
	public int messageCount() {
		return this.lastMessage - this.firstMessage + 1;
	}

}
