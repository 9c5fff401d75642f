package io.reflectbatch.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A clock that goes on when it is told to.
 */
final class FakeTime implements InstantSource, Supplier<Duration> {

	static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

	private Duration passed = Duration.ZERO;

	void pass(Duration length) {
		this.passed = this.passed.plus(length);
	}

	@Override
	public Duration get() {
		return this.passed;
	}

	@Override
	public Instant instant() {
		return START.plus(this.passed);
	}

}
