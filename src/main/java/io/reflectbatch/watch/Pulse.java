package io.reflectbatch.watch;

import java.time.Duration;

/**
 * Whether a process does anything. An import that goes on computes, waits for a store for
 * half a minute and gives up; one that neither computes nor ends hangs. Not thread-safe.
 */
final class Pulse {

	/**
	 * How often to feel it.
	 */
	static final Duration PERIOD = Duration.ofSeconds(10);

	/**
	 * From how much time of a processor on a period is not the heartbeat of its lease
	 * alone.
	 */
	static final Duration ALIVE = Duration.ofMillis(300);

	private Duration computed = Duration.ZERO;

	private Duration silence = Duration.ZERO;

	/**
	 * Feels it.
	 * @param total the time of a processor that the process has had so far
	 * @param elapsed how long ago it was felt the last time; of more than two periods,
	 * during which this process did not run either, two count
	 */
	void feel(Duration total, Duration elapsed) {
		Duration counted = (elapsed.compareTo(PERIOD.multipliedBy(2)) > 0) ? PERIOD.multipliedBy(2) : elapsed;
		boolean alive = total.minus(this.computed).compareTo(ALIVE) >= 0;
		this.silence = alive ? Duration.ZERO : this.silence.plus(counted);
		this.computed = total;
	}

	/**
	 * Returns for how long it has not been felt.
	 */
	Duration silence() {
		return this.silence;
	}

}
