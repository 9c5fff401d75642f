package io.reflectbatch.importing;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * How {@code watch} repeats an import. A single import makes no use of it; it is here
 * because one job file describes both.
 *
 * @param interval the time between the end of a cycle and the begin of the next one; a
 * number without a unit is seconds
 * @param address the address at which health and metrics are served
 * @param port the port at which they are served; 0: they are not served
 */
public record WatchProperties(@DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration interval,
		@DefaultValue("127.0.0.1") String address, @DefaultValue("9465") @Min(0) @Max(65535) int port) {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	public WatchProperties {
		if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"reflect.watch.interval is %s; expected from 1s to 24h, such as 60s".formatted(interval));
		}
	}

}
