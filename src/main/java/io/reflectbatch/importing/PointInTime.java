package io.reflectbatch.importing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times as people type them: {@code 2026-01-31}, {@code 2026-01-31T12:00},
 * {@code 2026-01-31T12:00:00Z}, {@code 7d} ago.
 *
 * @param clock the time now, and the zone of times without one
 */
public record PointInTime(Clock clock) {

	private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*(h|d|w|m|y)");

	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.optionalStart()
		.appendLiteral('T')
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		.appendOffsetId()
		.toFormatter(Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT);

	/**
	 * Reads times now, in the time zone of this machine.
	 */
	static PointInTime here() {
		return new PointInTime(Clock.system(ZoneId.systemDefault()));
	}

	/**
	 * Reads a time from which on something counts: a day begins with it.
	 * @param option the option or setting that has it
	 * @param typed its value
	 * @throws IllegalArgumentException if it is no time; begins with the option
	 */
	public Instant start(String option, String typed) {
		return read(option, typed, 0);
	}

	/**
	 * Reads a time up to which something counts: a day belongs to it.
	 * @param option the option or setting that has it
	 * @param typed its value
	 * @throws IllegalArgumentException if it is no time; begins with the option
	 */
	public Instant end(String option, String typed) {
		return read(option, typed, 1);
	}

	private Instant read(String option, String typed, int wholeDays) {
		Matcher ago = AGO.matcher(typed.strip().toLowerCase(Locale.ROOT));
		try {
			return ago.matches() ? before(Integer.parseInt(ago.group(1)), ago.group(2))
					: read(typed.strip().replace(' ', 'T'), wholeDays);
		}
		catch (DateTimeException ex) {
			// Without the cause, which knows only the last of the forms that were tried.
			throw new IllegalArgumentException(("%s is '%s'; expected a date such as 2026-01-31, a time such as "
					+ "2026-01-31T09:00, or an age such as 30d")
				.formatted(option, typed) + " (12h, 7d, 2w, 3m for months, 1y)");
		}
	}

	private Instant before(int count, String unit) {
		ZonedDateTime now = ZonedDateTime.now(this.clock);
		ZonedDateTime then = switch (unit) {
			case "h" -> now.minusHours(count);
			case "d" -> now.minusDays(count);
			case "w" -> now.minusWeeks(count);
			case "m" -> now.minusMonths(count);
			default -> now.minusYears(count);
		};
		return then.toInstant();
	}

	private Instant read(String text, int wholeDays) {
		TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
		return switch (time) {
			case OffsetDateTime withZone -> withZone.toInstant();
			case LocalDateTime local -> local.atZone(this.clock.getZone()).toInstant();
			default -> LocalDate.from(time).plusDays(wholeDays).atStartOfDay(this.clock.getZone()).toInstant();
		};
	}

}
