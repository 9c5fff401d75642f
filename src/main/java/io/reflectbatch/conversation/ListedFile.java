package io.reflectbatch.conversation;

import java.time.Instant;

/**
 * A conversation log as it was when the logs directory was walked.
 *
 * @param file the log
 * @param size the size in bytes
 * @param modified the time of the last modification, as exact as the file system keeps it
 */
public record ListedFile(ConversationFile file, long size, Instant modified) {

}
