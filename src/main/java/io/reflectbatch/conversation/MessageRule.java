package io.reflectbatch.conversation;

/**
 * Decides which lines of a log are messages to be found again.
 */
public sealed interface MessageRule permits DefaultRule, ReferenceRule {

	/**
	 * Judges a line, by itself: copies of a message elsewhere are not known here.
	 */
	Selection select(LogEntry entry);

}
