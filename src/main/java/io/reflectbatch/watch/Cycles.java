package io.reflectbatch.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One cycle after the other: look at the logs, import if they have changed, wait.
 */
final class Cycles {

	private static final int MISCONFIGURED = 2;

	private final Schedule schedule;

	private final Look look;

	private final Wait wait;

	private final ImportStarter imports;

	private final WatchState state;

	private final Supplier<Duration> time;

	private final WatchLog log;

	private CycleResult last = CycleResult.COMPLETED;

	Cycles(Schedule schedule, Look look, Wait wait, ImportStarter imports, WatchState state, Supplier<Duration> time,
			WatchLog log) {
		this.schedule = schedule;
		this.look = look;
		this.wait = wait;
		this.imports = imports;
		this.state = state;
		this.time = time;
		this.log = log;
	}

	/**
	 * Runs cycles until one finds that others are of no use.
	 * @return the exit code that says so
	 * @throws InterruptedException if somebody interrupts; an import has been stopped
	 * then
	 */
	int run() throws IOException, InterruptedException {
		while (cycle() != CycleResult.MISCONFIGURED) {
			awaitNext();
		}
		this.log.warn("The watch ends: " + CycleResult.MISCONFIGURED.meaning());
		return MISCONFIGURED;
	}

	private CycleResult cycle() throws IOException, InterruptedException {
		Duration began = this.time.get();
		LogsFingerprint found = this.look.look();
		CycleResult result = this.schedule.mustImport(found, began) ? runImport() : CycleResult.UNCHANGED;
		Duration now = this.time.get();
		this.schedule.ended(found, result, began, now);
		Duration untilNext = this.schedule.untilDue(now);
		this.state.cycleEnded(result, untilNext);
		report(result, untilNext);
		return result;
	}

	private CycleResult runImport() throws InterruptedException {
		this.state.importStarted();
		RunningImport.End end = awaitImport();
		this.state.importEnded(end);
		return end.result();
	}

	private RunningImport.End awaitImport() throws InterruptedException {
		try {
			return new RunningImport(this.imports.start(), this.time, this.log).await(this.state::importIsSilent);
		}
		catch (IOException ex) {
			this.log.warn("The import cannot be started: " + ex.getMessage());
			return new RunningImport.End(CycleResult.FAILED, 1);
		}
	}

	private void report(CycleResult result, Duration untilNext) {
		if (result.isFailure()) {
			this.log.warn("Import failed, %s: %s; next attempt in %d s".formatted(times(this.schedule.failures()),
					described(result), Math.max(untilNext.toSeconds(), 0)));
		}
		else if (result != this.last && (result == CycleResult.HELD || result == CycleResult.STOPPED)) {
			this.log.info("Nothing was imported: %s; next attempt in %d s".formatted(described(result),
					Math.max(untilNext.toSeconds(), 0)));
		}
		else if (result.isSuccess() && this.last.isFailure()) {
			this.log.info("Imported again");
		}
		if (result != CycleResult.UNCHANGED) {
			this.last = result;
		}
	}

	private String described(CycleResult result) {
		return "exit code %s, %s".formatted(this.state.snapshot().lastExitCode(), result.meaning());
	}

	private static String times(int failures) {
		return (failures == 1) ? "once" : failures + " times in a row";
	}

	private void awaitNext() throws InterruptedException {
		for (Duration left = left(); left.isPositive(); left = left()) {
			if (this.wait.await(left)) {
				this.schedule.changed(this.time.get());
			}
		}
	}

	private Duration left() {
		return this.schedule.untilDue(this.time.get());
	}

	/**
	 * Looks at the logs.
	 */
	@FunctionalInterface
	interface Look {

		LogsFingerprint look() throws IOException;

	}

	/**
	 * Waits until a log changes.
	 */
	@FunctionalInterface
	interface Wait {

		/**
		 * Waits.
		 * @param atMost for how long
		 * @return whether one has changed
		 */
		boolean await(Duration atMost) throws InterruptedException;

	}

}
