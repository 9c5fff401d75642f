package io.reflectbatch.importing;

/**
 * What was imported cannot be moved to another model, nor can that model's points be
 * deleted, before an import or a move has come to its end.
 */
public final class UnfinishedImportException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnfinishedImportException(JobName job, long id) {
		super("Execution " + id + " of '" + job.jobName() + "' has not come to its end. Finish it first, with the model"
				+ " it had: reflect restart " + id);
	}

}
