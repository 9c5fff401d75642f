package io.reflectbatch.importing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PointInTimeTests {

	private final PointInTime times = new PointInTime(
			Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneId.of("Europe/Berlin")));

	@ParameterizedTest
	@CsvSource({ "2026-01-31, 2026-01-30T23:00:00Z, 2026-01-31T23:00:00Z",
			"2026-01-31T12:00, 2026-01-31T11:00:00Z, 2026-01-31T11:00:00Z",
			"2026-01-31 12:00:30, 2026-01-31T11:00:30Z, 2026-01-31T11:00:30Z",
			"2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
			"12h, 2026-03-31T00:00:00Z, 2026-03-31T00:00:00Z", "7d, 2026-03-24T13:00:00Z, 2026-03-24T13:00:00Z",
			"2W, 2026-03-17T13:00:00Z, 2026-03-17T13:00:00Z", "1m, 2026-02-28T13:00:00Z, 2026-02-28T13:00:00Z",
			"1y, 2025-03-31T12:00:00Z, 2025-03-31T12:00:00Z" })
	void readsTimesAsPeopleTypeThem(String typed, Instant start, Instant end) {
		assertThat(this.times.start("--since", typed)).isEqualTo(start);
		assertThat(this.times.end("--until", typed)).isEqualTo(end);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "7", "d7", "-7d", "2026-02-30", "31.01.2026", "9999999d" })
	void saysWhatItExpects(String typed) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.times.start("--since", typed))
			.withMessageContainingAll("--since is '" + typed + "'", "2026-01-31", "7d");
	}

}
