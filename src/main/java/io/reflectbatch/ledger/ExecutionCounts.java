package io.reflectbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What one execution of a job has done.
 *
 * @param files the number of files it finished
 * @param chunks the number of chunks it wrote
 * @param tokens the number of tokens in them that were embedded
 * @param messageTokens the number of all tokens in them; null where they were not counted
 */
public record ExecutionCounts(int files, int chunks, long tokens, @Nullable Long messageTokens) {

	/**
	 * Nothing yet.
	 */
	public static final ExecutionCounts NONE = new ExecutionCounts(0, 0, 0, 0L);

	/**
	 * Adds what was done besides.
	 * @param other what that was
	 */
	public ExecutionCounts plus(ExecutionCounts other) {
		return new ExecutionCounts(this.files + other.files, this.chunks + other.chunks, this.tokens + other.tokens,
				(this.messageTokens != null && other.messageTokens != null) ? this.messageTokens + other.messageTokens
						: null);
	}

}
