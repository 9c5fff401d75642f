package io.reflectbatch.store;

/**
 * The store could not be reached or did not answer in time; trying again later may help.
 */
public final class StoreUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public StoreUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
