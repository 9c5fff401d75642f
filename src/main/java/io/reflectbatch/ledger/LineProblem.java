package io.reflectbatch.ledger;

/**
 * A line that could not be read.
 *
 * @param path the file, below the logs directory
 * @param offset the byte offset at which the line begins
 * @param line the number of the line, from 1
 * @param reason what is wrong with it
 */
public record LineProblem(String path, long offset, long line, String reason) {

}
