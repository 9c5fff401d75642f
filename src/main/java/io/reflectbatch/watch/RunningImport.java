package io.reflectbatch.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An import that runs in a process of its own.
 */
final class RunningImport {

	/**
	 * For how long it may do nothing before it is ended.
	 */
	static final Duration PATIENCE = Duration.ofMinutes(20);

	/**
	 * How long it may take to stop: a call of a store is repeated for half a minute.
	 */
	static final Duration STOP = Duration.ofSeconds(60);

	private final Process process;

	private final Supplier<Duration> time;

	private final WatchLog log;

	private final Pulse pulse = new Pulse();

	RunningImport(Process process, Supplier<Duration> time, WatchLog log) {
		this.process = process;
		this.time = time;
		this.log = log;
	}

	/**
	 * Waits until it has ended. One that hangs is ended.
	 * @param silence is told, now and then, for how long it has done nothing
	 * @return how it ended
	 * @throws InterruptedException if somebody interrupts; it has been stopped then
	 */
	End await(Consumer<Duration> silence) throws InterruptedException {
		try {
			Duration felt = this.time.get();
			while (!this.process.waitFor(Pulse.PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
				Duration now = this.time.get();
				feel(now.minus(felt));
				silence.accept(this.pulse.silence());
				felt = now;
				if (this.pulse.silence().compareTo(PATIENCE) > 0) {
					return giveUp();
				}
			}
			return new End(CycleResult.of(this.process.exitValue()), this.process.exitValue());
		}
		catch (InterruptedException ex) {
			stop();
			throw ex;
		}
	}

	// Where the system does not say how much a process computes, none seems to hang.
	private void feel(Duration elapsed) {
		this.process.info().totalCpuDuration().ifPresent((total) -> this.pulse.feel(total, elapsed));
	}

	private End giveUp() throws InterruptedException {
		this.log.warn("The import (process %d) has done nothing for %d minutes and is ended"
			.formatted(this.process.pid(), PATIENCE.toMinutes()));
		stop();
		return new End(CycleResult.HUNG,
				this.process.isAlive() ? CycleResult.KILLED_EXIT_CODE : this.process.exitValue());
	}

	/**
	 * Lets it stop at its next commit; kills it if it does not.
	 */
	private void stop() throws InterruptedException {
		try {
			// Not by a signal: after Ctrl-C it has had one, and a second one would end it
			// at once.
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			this.log.warn("Cannot tell the import to stop: " + ex);
		}
		if (!this.process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
			this.log.warn("The import (process %d) has not stopped within %d s and is killed"
				.formatted(this.process.pid(), STOP.toSeconds()));
			this.process.destroyForcibly();
			this.process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * How it ended.
	 *
	 * @param result what that means
	 * @param exitCode the exit code of the process
	 */
	record End(CycleResult result, int exitCode) {

	}

}
