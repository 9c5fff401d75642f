package io.reflectbatch.ledger;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Another process has the database file open and does not let go of it.
 */
public final class DatabaseInUseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DatabaseInUseException(String database, Duration waited, @Nullable Throwable cause) {
		super("Another process, but no import, has opened the database " + database + " and has not closed it within "
				+ waited.toSeconds()
				+ " s. Wait until other commands of this application have ended, and import again.", cause);
	}

}
