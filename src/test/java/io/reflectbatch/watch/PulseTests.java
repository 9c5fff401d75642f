package io.reflectbatch.watch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PulseTests {

	private final Pulse pulse = new Pulse();

	@Test
	void isFeltAsLongAsTheProcessComputes() {
		for (int period = 1; period < 1000; period++) {
			this.pulse.feel(Duration.ofSeconds(period), Pulse.PERIOD);
			assertThat(this.pulse.silence()).isZero();
		}
	}

	@Test
	void aHeartbeatOfTheLeaseIsNoWork() {
		this.pulse.feel(Duration.ofSeconds(5), Pulse.PERIOD);
		for (int period = 1; period <= 60; period++) {
			this.pulse.feel(Duration.ofSeconds(5).plusMillis(50L * period), Pulse.PERIOD);
		}
		assertThat(this.pulse.silence()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void oneThatIsFeltAgainEndsTheSilence() {
		this.pulse.feel(Duration.ZERO, Pulse.PERIOD);
		this.pulse.feel(Duration.ZERO, Pulse.PERIOD);
		this.pulse.feel(Duration.ofMillis(300), Pulse.PERIOD);
		assertThat(this.pulse.silence()).isZero();
	}

	@Test
	void theTimeInWhichNobodyRanDoesNotCount() {
		this.pulse.feel(Duration.ZERO, Duration.ofHours(8));
		assertThat(this.pulse.silence()).isEqualTo(Pulse.PERIOD.multipliedBy(2));
	}

}
