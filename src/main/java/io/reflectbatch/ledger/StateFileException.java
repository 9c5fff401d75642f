package io.reflectbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A state file could not be read or written.
 */
public final class StateFileException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StateFileException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
