package io.reflectbatch.cli;

/**
 * The command line or the configuration is wrong. The message names place, value,
 * expectation and remedy.
 */
class UsageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UsageException(String message) {
		super(message);
	}

	UsageException(String message, Throwable cause) {
		super(message, cause);
	}

}
