package io.reflectbatch.watch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Decides when the next cycle begins, and whether it has to import. Times are durations
 * since any fixed moment. Not thread-safe.
 * <p>
 * A cycle follows the last one after the interval; after failures, it waits twice as long
 * each time. When a log changes, it begins as soon as the logs were quiet for a moment
 * and this process has rested for a few times as long as the last cycle took: so logs
 * that are written to all the time cost a fifth of the time at most.
 */
final class Schedule {

	/**
	 * For how long no log may have changed.
	 */
	static final Duration QUIET = Duration.ofSeconds(2);

	/**
	 * After how long to import although nothing seems to have changed: an import also
	 * sees what sizes and times do not tell.
	 */
	static final Duration NOW_AND_THEN = Duration.ofHours(1);

	/**
	 * The longest time between two attempts, unless the interval is longer.
	 */
	static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(15);

	private static final int REST = 4;

	private static final int MAX_DOUBLINGS = 20;

	private final Duration interval;

	private Duration ended = Duration.ZERO;

	private Duration took = Duration.ZERO;

	private int failures;

	private @Nullable Duration changed;

	private @Nullable LogsFingerprint imported;

	private Duration importedAt = Duration.ZERO;

	Schedule(Duration interval) {
		this.interval = interval;
	}

	/**
	 * Notes that a log has changed.
	 * @param now when
	 */
	void changed(Duration now) {
		this.changed = now;
	}

	/**
	 * Returns whether a cycle has to import.
	 * @param found what the logs look like
	 * @param now the time
	 */
	boolean mustImport(LogsFingerprint found, Duration now) {
		return !found.equals(this.imported) || now.minus(this.importedAt).compareTo(NOW_AND_THEN) >= 0;
	}

	/**
	 * Notes the end of a cycle.
	 * @param found what the logs looked like when it began
	 * @param result how it ended
	 * @param began when it began
	 * @param now when it ended
	 */
	void ended(LogsFingerprint found, CycleResult result, Duration began, Duration now) {
		this.ended = now;
		this.took = now.minus(began);
		this.changed = null;
		if (result == CycleResult.UNCHANGED) {
			return;
		}
		this.failures = result.isFailure() ? this.failures + 1 : 0;
		this.imported = result.isSuccess() ? found : null;
		this.importedAt = now;
	}

	/**
	 * Returns how often in a row it has failed.
	 */
	int failures() {
		return this.failures;
	}

	/**
	 * Returns how long it is until the next cycle begins; not positive if it is time.
	 * @param now the time
	 */
	Duration untilDue(Duration now) {
		return due().minus(now);
	}

	private Duration due() {
		if (this.failures > 0) {
			return this.ended.plus(backOff());
		}
		Duration regular = this.ended.plus(this.interval);
		if (this.changed == null) {
			return regular;
		}
		Duration quiet = this.changed.plus(QUIET);
		Duration rested = this.ended.plus(this.took.multipliedBy(REST));
		return min(regular, max(quiet, rested));
	}

	private Duration backOff() {
		Duration doubled = this.interval.multipliedBy(1L << Math.min(this.failures - 1, MAX_DOUBLINGS));
		return min(doubled, max(LONGEST_BACK_OFF, this.interval));
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
