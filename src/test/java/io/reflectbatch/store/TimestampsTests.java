package io.reflectbatch.store;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimestampsTests {

	@ParameterizedTest
	@CsvSource({ "2026-03-01T10:00:00.123Z, 2026-03-01T10:00:00.123Z",
			"2026-03-01T10:00:00.123456, 2026-03-01T10:00:00.123456Z",
			"2026-03-01T10:00:00+02:00, 2026-03-01T08:00:00Z" })
	void readsWhatImportersWrite(String timestamp, Instant expected) {
		assertThat(Timestamps.parse(timestamp)).contains(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2026-13-01T10:00:00Z", "1753846643" })
	void otherTextsAreNoTimes(String text) {
		assertThat(Timestamps.parse(text)).isEmpty();
	}

}
