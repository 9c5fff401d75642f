package io.reflectbatch.watch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether the memory is kept up to date.
 *
 * @param status in one word
 * @param reason why it is {@code DOWN}, and {@code null} otherwise
 */
record Health(Status status, @Nullable String reason) {

	/**
	 * How many failures in a row are more than a hiccup.
	 */
	static final int FAILURES = 3;

	/**
	 * For how long an import may do nothing, or a cycle be overdue.
	 */
	static final Duration PATIENCE = Duration.ofMinutes(10);

	/**
	 * The words there are.
	 */
	enum Status {

		/**
		 * The first cycle has not ended yet.
		 */
		STARTING,

		/**
		 * All is well.
		 */
		UP,

		/**
		 * Somebody should look.
		 */
		DOWN

	}

	static Health of(WatchSnapshot watch) {
		if (watch.consecutiveFailures() >= FAILURES && watch.lastResult() != null) {
			return down("the last %d imports have failed, the last one with exit code %s: %s"
				.formatted(watch.consecutiveFailures(), watch.lastExitCode(), watch.lastResult().meaning()));
		}
		if (watch.silence().compareTo(PATIENCE) > 0) {
			return down("the import has done nothing for %d minutes".formatted(watch.silence().toMinutes()));
		}
		if (watch.overdue().compareTo(PATIENCE) > 0) {
			return down("the next cycle is overdue for %d minutes".formatted(watch.overdue().toMinutes()));
		}
		return new Health((watch.lastCycle() != null) ? Status.UP : Status.STARTING, null);
	}

	private static Health down(String reason) {
		return new Health(Status.DOWN, reason);
	}

}
