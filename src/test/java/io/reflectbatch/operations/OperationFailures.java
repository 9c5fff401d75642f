package io.reflectbatch.operations;

import io.reflectbatch.ledger.KnownFile;

/**
 * Refusals of operations, for tests of what is made of them.
 */
public final class OperationFailures {

	private OperationFailures() {
	}

	public static OtherStoreException otherStore() {
		return new OtherStoreException("-home-dev-app/a.jsonl", 3, "qdrant", "lucene");
	}

	public static NotPutAsideException notPutAside() {
		return new NotPutAsideException("-home-dev-app/a.jsonl", KnownFile.Status.IMPORTED);
	}

}
