package io.reflectbatch.ledger;

import java.time.Instant;

/**
 * How a file looked from outside: enough to tell that it did not change.
 *
 * @param size the size in bytes; {@link #UNKNOWN_SIZE} if nobody knows, which makes it
 * differ from every real file
 * @param modified the modification time, to the nanosecond
 */
public record FileStamp(long size, Instant modified) {

	/**
	 * The size of a file whose content has to be imported from the beginning.
	 */
	public static final long UNKNOWN_SIZE = -1;

	/**
	 * Returns the modification time as Python's {@code os.stat().st_mtime} has it:
	 * seconds since 1970, computed in double precision the way CPython does.
	 */
	public double pythonModified() {
		return this.modified.getEpochSecond() + 1e-9 * this.modified.getNano();
	}

}
