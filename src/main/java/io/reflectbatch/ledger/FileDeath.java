package io.reflectbatch.ledger;

/**
 * A file that was being read when an execution died.
 *
 * @param path the file, below the logs directory
 * @param quarantined whether it has been put into quarantine
 * @param execution the id of the execution
 * @param evidence what is known of the death, for people
 */
public record FileDeath(String path, boolean quarantined, long execution, String evidence) {

}
