package io.reflectbatch.importing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A point in time as people write it: a date ({@code 2026-01-31}, in the time zone of
 * this machine), a time ({@code 2026-01-31T09:00} there, or {@code 2026-01-31T09:00:00Z}
 * anywhere), or an age ({@code 30d}, {@code 12h}, {@code 2w}).
 */
final class Moment {

	private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hdw])");

	private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private static final int DAYS_OF_A_WEEK = 7;

	private Moment() {
	}

	/**
	 * Refuses what is none.
	 * @param key the setting
	 * @param text its value, if it has one
	 * @throws IllegalArgumentException if it is no moment; begins with the key
	 */
	static void check(String key, @Nullable String text) {
		try {
			if (text != null) {
				first(text, Instant.EPOCH, ZoneId.systemDefault());
			}
		}
		catch (DateTimeException ex) {
			// Without the cause, which knows only the last of the forms that were tried.
			throw new IllegalArgumentException(key + " is '" + text
					+ "'; expected a date such as 2026-01-31, a time such as 2026-01-31T09:00, or an age such as 30d");
		}
	}

	/**
	 * Returns the first instant that a moment may mean: the beginning of a day.
	 */
	static Instant first(String text, Instant now, ZoneId zone) {
		return DATE.matcher(text).matches() ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
				: instant(text, now, zone);
	}

	/**
	 * Returns the first instant that a moment no longer means: the end of a day.
	 */
	static Instant end(String text, Instant now, ZoneId zone) {
		return DATE.matcher(text).matches() ? LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant()
				: instant(text, now, zone);
	}

	private static Instant instant(String text, Instant now, ZoneId zone) {
		Matcher age = AGE.matcher(text);
		if (age.matches()) {
			return now.minus(duration(Long.parseLong(age.group(1)), age.group(2)));
		}
		boolean anywhere = text.endsWith("Z") || text.lastIndexOf('+') > 0;
		return anywhere ? ZonedDateTime.parse(text).toInstant() : LocalDateTime.parse(text).atZone(zone).toInstant();
	}

	private static Duration duration(long count, String unit) {
		return switch (unit) {
			case "h" -> Duration.ofHours(count);
			case "d" -> Duration.ofDays(count);
			default -> Duration.ofDays(count * DAYS_OF_A_WEEK);
		};
	}

}
