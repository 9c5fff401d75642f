package io.reflectbatch.store;

import org.jspecify.annotations.Nullable;

/**
 * The store refused a request; trying the same again will not help.
 */
public final class StoreRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public StoreRejectedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
