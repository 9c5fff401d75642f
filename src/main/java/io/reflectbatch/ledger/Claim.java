package io.reflectbatch.ledger;

/**
 * A line that says a message, which may belong to another line.
 *
 * @param offset the byte offset of the line
 * @param id the id of the message as the log has it, mostly a UUID
 * @see MessageRegistry#claim
 */
public record Claim(long offset, String id) {

}
