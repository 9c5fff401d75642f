package io.reflectbatch.importing;

import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Moves what was imported to the model that the configuration names; first what an
 * earlier move has left undone. It holds the lease of the import, which writes the same
 * rows.
 */
@Component
public class ReembedLauncher {

	private final ExclusiveJobs jobs;

	private final Job job;

	private final String settings;

	ReembedLauncher(ExclusiveJobs jobs, @Qualifier("reembedJob") Job job, Chunking chunking, JobProperties properties) {
		this.jobs = jobs;
		this.job = job;
		this.settings = chunking.recipe().model() + " " + properties.store().name();
	}

	/**
	 * Runs the move to its end.
	 * @return the executions that ran: a restart, if there was something to restart, and
	 * a new run unless the restart did not complete
	 * @throws UnfinishedImportException if an import has left files half done
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 * @throws io.reflectbatch.ledger.DatabaseInUseException if another process does not
	 * let go of the database file
	 * @throws io.reflectbatch.store.StoreUnavailableException if the store does not
	 * answer, before any work is done
	 */
	public List<JobExecution> run() {
		return this.jobs.run(this.job, this::requireNoUnfinishedImport, () -> this.settings, (abandoned) -> {
			// The next plan lists what has not been moved.
		}, false);
	}

	/**
	 * Restarts an execution and runs nothing else.
	 * @param id the id of the execution
	 * @return the execution that ran
	 * @throws NotRestartableException if it is not the last one, has come to its end, or
	 * had other settings
	 * @throws UnfinishedImportException if an import has left files half done
	 */
	public List<JobExecution> restart(long id) {
		return this.jobs.restart(this.job, id, this::requireNoUnfinishedImport, () -> this.settings);
	}

	// What it has left half done would be moved as it is.
	private void requireNoUnfinishedImport() {
		this.jobs.requireOver(JobName.IMPORT);
	}

}
