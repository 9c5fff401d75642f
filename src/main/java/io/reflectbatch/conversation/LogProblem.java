package io.reflectbatch.conversation;

/**
 * A line that could not be read; the file goes on at the next.
 *
 * @param offset the byte offset in the file at which the line begins
 * @param line the number of the line, from 1
 * @param reason why, in words, without anything that was said in the line
 */
public record LogProblem(long offset, long line, String reason) implements LogRecord {

}
