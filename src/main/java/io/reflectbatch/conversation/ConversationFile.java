package io.reflectbatch.conversation;

import java.nio.file.Path;

/**
 * A conversation log on disk.
 *
 * @param path where the file is, below the logs directory
 * @param project the name of the project directory, for example
 * {@code -home-dev-projects-app}
 * @param conversationId the file name without {@code .jsonl}
 * @param sidechain whether it is the transcript of a subagent
 */
public record ConversationFile(Path path, String project, String conversationId, boolean sidechain) {

}
