package io.reflectbatch.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * A time as Python's {@code os.stat} gives it.
 *
 * @param seconds since 1970, in double precision
 */
record PythonTime(double seconds) {

	private static final int NANO_DIGITS = 9;

	/**
	 * Returns the instant, rounded to the nanosecond, whose
	 * {@link FileStamp#pythonModified()} is this number again.
	 */
	Instant toInstant() {
		BigDecimal exact = new BigDecimal(this.seconds).setScale(NANO_DIGITS, RoundingMode.HALF_EVEN);
		BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
		return Instant.ofEpochSecond(whole.longValueExact(),
				exact.subtract(whole).movePointRight(NANO_DIGITS).longValueExact());
	}

}
