package io.reflectbatch.operations;

import java.util.List;

/**
 * How logs, ledger and store agree.
 *
 * @param collections the number of collections compared
 * @param files the number of files compared
 * @param reread how many of them were read again and compared text by text
 * @param open how many were not compared: an import has not finished them, they are in
 * quarantine, or another model has embedded them
 * @param waiting the number of logs that are new or have changed since their import
 * @param points the number of points found
 * @param differences where they do not agree
 * @param unknown conversations in these collections that the ledger does not know:
 * another importer's, or from before; they are kept
 */
public record VerificationReport(int collections, int files, int reread, int open, int waiting, long points,
		List<Difference> differences, List<Unknown> unknown) {

	/**
	 * Whether everything agrees.
	 */
	public boolean agrees() {
		return this.differences.isEmpty();
	}

	/**
	 * Whether everything can be made to agree.
	 */
	public boolean isRepairable() {
		return this.differences.stream().allMatch(Difference::isRepairable);
	}

	/**
	 * Returns the number of points that should not be there.
	 */
	public long orphaned() {
		return this.differences.stream().mapToLong((difference) -> difference.orphaned().count()).sum();
	}

	/**
	 * A conversation that the ledger does not know.
	 *
	 * @param collection the collection
	 * @param conversationId the conversation
	 * @param points the number of its points
	 */
	public record Unknown(String collection, String conversationId, long points) {

	}

}
