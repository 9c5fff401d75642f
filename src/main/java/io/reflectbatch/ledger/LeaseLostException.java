package io.reflectbatch.ledger;

/**
 * This process held the job, but another one has taken it over, because this one did not
 * give a sign of life in time.
 */
public final class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaseLostException(String jobName, long fencingNumber) {
		super("The lease on the job '" + jobName + "' with fencing number " + fencingNumber
				+ " was taken over by another process; nothing more is written by this one.");
	}

}
