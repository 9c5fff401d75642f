package io.reflectbatch.importing;

/**
 * What was imported cannot be moved to another model before an import has come to its
 * end.
 */
public final class UnfinishedImportException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnfinishedImportException(long id) {
		super("Execution " + id + " of the import has not come to its end. Finish it first, with the model it had:"
				+ " reflect restart " + id);
	}

}
