package io.reflectbatch.watch;

/**
 * The watch cannot work as it was told to. The message names value, expectation and
 * remedy.
 */
public final class WatchFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	WatchFailedException(String message) {
		super(message);
	}

	WatchFailedException(String message, Throwable cause) {
		super(message, cause);
	}

}
