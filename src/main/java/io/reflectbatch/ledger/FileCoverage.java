package io.reflectbatch.ledger;

/**
 * The coverage of the chunks of a file that are in the store.
 *
 * @param all that of all of them
 * @param last that of the last one, in whose place another one comes when the file has
 * grown
 */
public record FileCoverage(Coverage all, Coverage last) {

	/**
	 * That of a file without chunks.
	 */
	public static final FileCoverage NONE = new FileCoverage(Coverage.NONE, Coverage.NONE);

	/**
	 * Returns that of a single chunk.
	 * @param chunk its coverage
	 */
	public static FileCoverage of(Coverage chunk) {
		return new FileCoverage(chunk, chunk);
	}

	/**
	 * Adds chunks that come behind these.
	 * @param next their coverage
	 */
	public FileCoverage plus(FileCoverage next) {
		return new FileCoverage(this.all.plus(next.all), next.last);
	}

	/**
	 * Adds chunks of which the first comes in the place of the last one here.
	 * @param next their coverage
	 */
	FileCoverage replaceLast(FileCoverage next) {
		return new FileCoverage(this.all.minus(this.last).plus(next.all), next.last);
	}

}
