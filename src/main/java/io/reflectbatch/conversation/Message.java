package io.reflectbatch.conversation;

/**
 * A message whose text is to be found again.
 *
 * @param number the position among the messages of the file, from 0
 * @param role the speaker as the log names it, for example {@code user}
 * @param text what was said; not empty
 * @param offset the byte offset in the file at which the line of the message begins
 * @param line the number of that line, from 1
 */
public record Message(int number, String role, String text, long offset, long line) {

	public Message {
		if (text.isEmpty()) {
			throw new IllegalArgumentException("Message " + number + " in line " + line + " has an empty text");
		}
	}

}
