package io.reflectbatch.conversation;

/**
 * What a line of a conversation log turned out to be.
 */
public sealed interface LogRecord permits LogEntry, LogProblem {

	/**
	 * The byte offset in the file at which the line begins.
	 */
	long offset();

	/**
	 * The number of the line, from 1.
	 */
	long line();

}
