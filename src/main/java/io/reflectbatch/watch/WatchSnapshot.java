package io.reflectbatch.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a watch at a moment.
 *
 * @param cycles how many cycles ended how
 * @param started when the watch started
 * @param lastCycle when the last cycle ended
 * @param lastSuccess when the last import completed
 * @param lastExitCode the exit code of the last import
 * @param lastResult how the last import ended
 * @param consecutiveFailures how many imports in a row have failed
 * @param importingSince when the import that runs was started; {@code null} if none runs
 * @param silence for how long that one has done nothing
 * @param overdue for how long the next cycle should have begun; not positive if it is not
 * time
 * @param directories how many directories are followed
 */
record WatchSnapshot(Map<CycleResult, Long> cycles, Instant started, @Nullable Instant lastCycle,
		@Nullable Instant lastSuccess, @Nullable Integer lastExitCode, @Nullable CycleResult lastResult,
		int consecutiveFailures, @Nullable Instant importingSince, Duration silence, Duration overdue,
		int directories) {

	WatchSnapshot {
		cycles = Map.copyOf(cycles);
	}

}
