package io.reflectbatch.ledger;

import java.time.Instant;

/**
 * Another process runs the job.
 */
public final class LeaseHeldException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaseHeldException(String jobName, String host, long pid, Instant since, Instant heartbeat) {
		super("The job '" + jobName + "' is running already: process " + pid + " on " + host + " since " + since
				+ ", last heartbeat " + heartbeat + ". Wait until it has ended.");
	}

}
