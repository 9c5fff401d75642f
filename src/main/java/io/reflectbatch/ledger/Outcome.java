package io.reflectbatch.ledger;

import io.reflectbatch.conversation.ReadingPosition;

/**
 * What the store holds of a file.
 *
 * @param messages the number of messages that were indexed
 * @param chunks the number of chunks, which are points
 * @param continueAt where to continue when the file has grown
 */
public record Outcome(int messages, int chunks, ReadingPosition continueAt) {

	/**
	 * Nothing.
	 */
	public static final Outcome NOTHING = new Outcome(0, 0, ReadingPosition.START);

}
