package io.reflectbatch.operations;

import java.util.List;

/**
 * What pruning deletes, or would delete.
 *
 * @param executions the ids of the executions
 * @param conversations the conversations whose points go, with their files
 * @param unknown conversations, projects and paths that were named and are not known
 */
public record PruneReport(List<Long> executions, List<Conversation> conversations, List<String> unknown) {

	/**
	 * A conversation whose points go.
	 *
	 * @param conversationId the conversation
	 * @param path its file, below the logs directory
	 * @param chunks the number of its points
	 */
	public record Conversation(String conversationId, String path, int chunks) {

	}

}
