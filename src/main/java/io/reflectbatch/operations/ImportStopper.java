package io.reflectbatch.operations;

import java.time.Duration;
import java.util.Optional;

import io.reflectbatch.importing.JobName;
import io.reflectbatch.ledger.JobLease;

import org.springframework.stereotype.Component;

/**
 * Stops an import that runs in another process.
 */
@Component
public class ImportStopper {

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final JobLease lease;

	ImportStopper(JobLease lease) {
		this.lease = lease;
	}

	/**
	 * Asks the running import to stop at its next commit.
	 * @return who was asked, for people; empty if none is running
	 */
	public Optional<String> stop() {
		return this.lease.requestStop(JobName.IMPORT.jobName());
	}

	/**
	 * Waits until no import is running.
	 * @param seconds how long at most
	 * @return whether none is running
	 */
	public boolean awaitEnd(int seconds) {
		long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		while (this.lease.isHeld(JobName.IMPORT.jobName())) {
			if (System.nanoTime() - deadline > 0 || !pause()) {
				return false;
			}
		}
		return true;
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
