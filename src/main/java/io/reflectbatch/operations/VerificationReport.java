package io.reflectbatch.operations;

import java.util.List;

/**
 * How logs, ledger and store agree.
 *
 * @param collections the number of collections compared
 * @param files the number of files compared
 * @param reread how many of them were read again and compared text by text
 * @param points the number of points found
 * @param differences where they do not agree
 * @param unknown conversations in these collections that the ledger does not know:
 * another importer's, or from before; they are kept
 */
public record VerificationReport(int collections, int files, int reread, long points, List<Difference> differences,
		List<Difference> unknown) {

	/**
	 * Whether everything agrees.
	 */
	public boolean agrees() {
		return this.differences.isEmpty();
	}

}
