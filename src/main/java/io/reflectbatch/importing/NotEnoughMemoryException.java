package io.reflectbatch.importing;

/**
 * An import would be killed for lack of memory. Nothing was started.
 */
public final class NotEnoughMemoryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NotEnoughMemoryException(String message) {
		super(message);
	}

}
