package io.reflectbatch.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * Reads the times of payloads, whoever wrote them.
 */
public final class Timestamps {

	private Timestamps() {
	}

	/**
	 * Reads a time.
	 * @param timestamp ISO-8601; without an offset it is UTC, as the Python importer
	 * means it
	 * @return the time; empty if it is none
	 */
	public static Optional<Instant> parse(String timestamp) {
		try {
			TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(timestamp, OffsetDateTime::from,
					LocalDateTime::from);
			return Optional.of((parsed instanceof OffsetDateTime time) ? time.toInstant()
					: LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

}
