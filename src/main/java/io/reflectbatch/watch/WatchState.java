package io.reflectbatch.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a watch notes while it works, for those who ask over HTTP meanwhile. Thread-safe.
 */
final class WatchState {

	private final InstantSource clock;

	private final Map<CycleResult, Long> cycles = new EnumMap<>(CycleResult.class);

	private final Instant started;

	private @Nullable Instant lastCycle;

	private @Nullable Instant lastSuccess;

	private @Nullable Integer lastExitCode;

	private @Nullable CycleResult lastResult;

	private int failures;

	private @Nullable Instant importingSince;

	private Duration silence = Duration.ZERO;

	private @Nullable Instant due;

	private int directories;

	WatchState(InstantSource clock) {
		this.clock = clock;
		this.started = clock.instant();
		this.due = this.started;
	}

	synchronized void importStarted() {
		this.importingSince = this.clock.instant();
		this.silence = Duration.ZERO;
		this.due = null;
	}

	synchronized void importIsSilent(Duration length) {
		this.silence = length;
	}

	/**
	 * Notes the end of an import.
	 * @param end how it ended
	 */
	synchronized void importEnded(RunningImport.End end) {
		this.importingSince = null;
		this.silence = Duration.ZERO;
		this.lastExitCode = end.exitCode();
		this.lastResult = end.result();
		this.failures = end.result().isFailure() ? this.failures + 1 : 0;
		if (end.result().isSuccess()) {
			this.lastSuccess = this.clock.instant();
		}
	}

	/**
	 * Notes the end of a cycle.
	 * @param result how it ended
	 * @param untilNext how long it is until the next one
	 */
	synchronized void cycleEnded(CycleResult result, Duration untilNext) {
		this.cycles.merge(result, 1L, Long::sum);
		this.lastCycle = this.clock.instant();
		this.due = this.lastCycle.plus(untilNext);
	}

	/**
	 * Notes how many directories are followed.
	 */
	synchronized void follows(int count) {
		this.directories = count;
	}

	synchronized WatchSnapshot snapshot() {
		Duration overdue = (this.due != null) ? Duration.between(this.due, this.clock.instant()) : Duration.ZERO;
		return new WatchSnapshot(this.cycles, this.started, this.lastCycle, this.lastSuccess, this.lastExitCode,
				this.lastResult, this.failures, this.importingSince, this.silence, overdue, this.directories);
	}

}
