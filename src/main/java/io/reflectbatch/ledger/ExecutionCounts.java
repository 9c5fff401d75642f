package io.reflectbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What one execution of a job has done.
 *
 * @param files the number of files it finished
 * @param chunks the number of chunks it wrote
 * @param cachedChunks how many of them have a vector from the cache; null without one
 * @param tokens the number of tokens in them that were embedded
 * @param messageTokens the number of all tokens in them; null where they were not counted
 */
public record ExecutionCounts(int files, int chunks, @Nullable Integer cachedChunks, long tokens,
		@Nullable Long messageTokens) {

	/**
	 * Nothing yet.
	 */
	public static final ExecutionCounts NONE = new ExecutionCounts(0, 0, null, 0, 0L);

	/**
	 * Adds what was done besides.
	 * @param other what that was
	 */
	public ExecutionCounts plus(ExecutionCounts other) {
		return new ExecutionCounts(this.files + other.files, this.chunks + other.chunks,
				sum(this.cachedChunks, other.cachedChunks), this.tokens + other.tokens,
				sum(this.messageTokens, other.messageTokens));
	}

	private static @Nullable Integer sum(@Nullable Integer first, @Nullable Integer second) {
		return (first != null && second != null) ? Integer.valueOf(first + second) : null;
	}

	private static @Nullable Long sum(@Nullable Long first, @Nullable Long second) {
		return (first != null && second != null) ? Long.valueOf(first + second) : null;
	}

}
