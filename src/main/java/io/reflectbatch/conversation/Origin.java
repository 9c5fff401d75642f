package io.reflectbatch.conversation;

/**
 * The kind of line a text comes from.
 */
public enum Origin {

	/**
	 * A message line.
	 */
	LINE,

	/**
	 * An attachment: a prompt from the queue, handed to the assistant between two steps.
	 */
	ATTACHMENT,

	/**
	 * An entry into the queue. The same text may follow as a message or an attachment.
	 */
	QUEUE

}
