package io.reflectbatch.operations;

/**
 * The points of a conversation cannot be deleted, since they are in another kind of store
 * than the one that the configuration names. The ledger would forget them, and they would
 * be found there for ever.
 */
public final class OtherStoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OtherStoreException(String path, int count, String where, String here) {
		super("The points of " + path + ((count > 1) ? " and of " + (count - 1) + " further files" : "")
				+ " are in the store " + where + ", and this is " + here
				+ "; nothing was deleted. Name that store: with" + " --store " + where
				+ ", QDRANT_URL, or a job file (REFLECT_JOB_FILE) with store.type. Where the files"
				+ " of a project are in both, prune them by --path");
	}

}
