package io.reflectbatch.operations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What pruning deletes, or would delete.
 *
 * @param executions the ids of the executions
 * @param conversations the conversations whose points go, with their files
 * @param collections the collections of models that are no longer in use
 * @param unknown conversations, projects, paths and models that were named and are not
 * known
 */
public record PruneReport(List<Long> executions, List<Conversation> conversations, List<Collection> collections,
		List<String> unknown) {

	/**
	 * A conversation whose points go.
	 *
	 * @param conversationId the conversation
	 * @param path its file, below the logs directory
	 * @param chunks the number of its points
	 */
	public record Conversation(String conversationId, String path, int chunks) {

	}

	/**
	 * A collection whose points go.
	 *
	 * @param collection its name
	 * @param model the model: its name, dimension and checksum
	 * @param project the project; null if it is not known here, and all points are kept
	 * @param points the number of points that go
	 * @param kept the number of points that stay, since somebody else has imported them
	 */
	public record Collection(String collection, String model, @Nullable String project, long points, long kept) {

	}

}
