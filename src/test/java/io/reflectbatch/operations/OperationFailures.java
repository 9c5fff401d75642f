package io.reflectbatch.operations;

/**
 * Refusals of operations, for tests of what is made of them.
 */
public final class OperationFailures {

	private OperationFailures() {
	}

	public static OtherStoreException otherStore() {
		return new OtherStoreException("-home-dev-app/a.jsonl", 3, "qdrant", "lucene");
	}

}
