package io.reflectbatch.ledger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How it is known that the process that held a lease is gone.
 *
 * @param cause what shows it, in words
 * @param lastSeen when it gave its last sign of life
 */
public record LeaseEnd(String cause, Instant lastSeen) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private static final long MEGABYTE = 1 << 20;

	/**
	 * Says what is known of the death of the process, for people.
	 * @param memory how much memory it had at last, if that is known
	 */
	public String evidence(@Nullable MemorySample memory) {
		String seen = TIME.format(this.lastSeen.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
		String resident = (memory != null) ? ", " + memory.residentBytes() / MEGABYTE + " MB resident" : "";
		return "killed: " + this.cause + ", last seen " + seen + resident;
	}

}
