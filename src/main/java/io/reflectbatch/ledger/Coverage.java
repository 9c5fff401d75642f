package io.reflectbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How much of some chunks can be found. The store has all of their text; but what is
 * beyond the window of the model has no part in the vector.
 *
 * @param tokens the number of tokens inside of windows, which are embedded
 * @param messageTokens the number of all tokens
 */
public record Coverage(long tokens, long messageTokens) {

	/**
	 * That of no chunks.
	 */
	public static final Coverage NONE = new Coverage(0, 0);

	public Coverage {
		if (tokens < 0 || tokens > messageTokens) {
			throw new IllegalArgumentException(
					tokens + " of " + messageTokens + " tokens are embedded; expected none to all of them");
		}
	}

	/**
	 * Returns the share of tokens that are embedded, up to 1; null if there are no
	 * tokens.
	 */
	public @Nullable Double share() {
		return share(this.tokens, this.messageTokens);
	}

	/**
	 * Returns the share of tokens that are embedded.
	 * @param tokens how many are
	 * @param messageTokens the number of all tokens, if they were counted
	 * @return the share, up to 1; null where it is not known, or there are no tokens
	 */
	public static @Nullable Double share(long tokens, @Nullable Long messageTokens) {
		return (messageTokens != null && messageTokens > 0) ? (double) tokens / messageTokens : null;
	}

	/**
	 * Adds other chunks.
	 */
	public Coverage plus(Coverage other) {
		return new Coverage(this.tokens + other.tokens, this.messageTokens + other.messageTokens);
	}

	/**
	 * Takes chunks away that are among these.
	 */
	Coverage minus(Coverage other) {
		return new Coverage(this.tokens - other.tokens, this.messageTokens - other.messageTokens);
	}

}
