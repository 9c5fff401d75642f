package io.reflectbatch.ledger;

/**
 * What one execution of a job has done.
 *
 * @param files the number of files it finished
 * @param chunks the number of chunks it wrote
 * @param tokens the number of tokens in them
 */
public record ExecutionCounts(int files, int chunks, long tokens) {

	/**
	 * Nothing yet.
	 */
	public static final ExecutionCounts NONE = new ExecutionCounts(0, 0, 0);

	/**
	 * Adds what was done besides.
	 * @param other what that was
	 */
	public ExecutionCounts plus(ExecutionCounts other) {
		return new ExecutionCounts(this.files + other.files, this.chunks + other.chunks, this.tokens + other.tokens);
	}

}
