package io.reflectbatch.importing;

/**
 * It cannot be told which files to leave out. Nothing was read.
 */
public final class SelectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SelectionException(String message, Throwable cause) {
		super(message, cause);
	}

}
