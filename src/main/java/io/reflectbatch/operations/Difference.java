package io.reflectbatch.operations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where the store does not hold what the ledger says of a conversation.
 *
 * @param collection the collection
 * @param conversationId the conversation
 * @param path its file, below the logs directory; null if the ledger does not know the
 * conversation
 * @param missing the indexes of chunks that are not in the store
 * @param drifted the indexes of chunks whose text in the store is not that of the log
 * @param orphaned the ids of points that should not be there
 */
public record Difference(String collection, String conversationId, @Nullable String path, List<Integer> missing,
		List<Integer> drifted, List<Long> orphaned) {

	/**
	 * Whether the conversation is one that this application has never seen; its points
	 * are somebody's memory and are never deleted.
	 */
	public boolean isUnknown() {
		return this.path == null;
	}

}
