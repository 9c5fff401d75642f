package io.reflectbatch.importing;

/**
 * An execution cannot be restarted.
 */
public final class NotRestartableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NotRestartableException(long id) {
		super("Execution " + id + " cannot be restarted: only the last execution of an import can, if it failed or was"
				+ " stopped, with the settings it had. See: reflect history");
	}

}
