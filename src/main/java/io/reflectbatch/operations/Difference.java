package io.reflectbatch.operations;

/**
 * Where the store does not hold what the log and the ledger say of a conversation.
 *
 * @param collection the collection
 * @param conversationId the conversation
 * @param path its file, below the logs directory
 * @param logPresent whether the log is still there; without it, what is missing cannot be
 * imported again
 * @param missing the indexes of chunks that are not in the store
 * @param drifted the indexes of chunks whose text or payload in the store is not that of
 * the log
 * @param orphaned the ids of points that should not be there
 */
public record Difference(String collection, String conversationId, String path, boolean logPresent, Sample missing,
		Sample drifted, Sample orphaned) {

	/**
	 * Whether an import puts right what the log says and the store does not.
	 */
	boolean needsImport() {
		return this.logPresent && (this.missing.count() > 0 || this.drifted.count() > 0);
	}

	/**
	 * Whether it can be put right.
	 */
	public boolean isRepairable() {
		return this.logPresent || (this.missing.count() == 0 && this.drifted.count() == 0);
	}

}
