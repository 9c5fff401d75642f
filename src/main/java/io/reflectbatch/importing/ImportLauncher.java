package io.reflectbatch.importing;

import java.util.List;

import io.reflectbatch.ledger.WorkList;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Runs imports, one at a time whoever starts them: first what an earlier one has left
 * undone, then what is new.
 */
@Component
public class ImportLauncher {

	private final ExclusiveJobs jobs;

	private final Job job;

	private final Predecessor predecessor;

	private final PointsElsewhere elsewhere;

	private final WorkList workList;

	private final JobProperties properties;

	private final String recipe;

	ImportLauncher(ExclusiveJobs jobs, @Qualifier("importJob") Job job, Predecessor predecessor,
			PointsElsewhere elsewhere, WorkList workList, Chunking chunking, JobProperties properties) {
		this.jobs = jobs;
		this.job = job;
		this.predecessor = predecessor;
		this.elsewhere = elsewhere;
		this.workList = workList;
		this.properties = properties;
		this.recipe = chunking.recipe().chunking() + " " + chunking.recipe().model();
	}

	/**
	 * Runs the import to its end.
	 * @return the executions that ran: a restart, if there was something to restart, and
	 * a new run unless the restart did not complete
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 * @throws io.reflectbatch.ledger.DatabaseInUseException if another process does not
	 * let go of the database file
	 * @throws io.reflectbatch.store.StoreUnavailableException if the store does not
	 * answer, before any work is done
	 */
	public List<JobExecution> run() {
		// A new run plans what an abandoned one has left undone again.
		return this.jobs.run(this.job, this::prepare, this::settings,
				(abandoned) -> this.workList.giveUp(abandoned.getJobInstanceId()), this.properties.run().reimport());
	}

	private void prepare() {
		this.predecessor.adoptAtFirst();
		this.elsewhere.warn();
	}

	/**
	 * Restarts an execution and runs nothing else.
	 * @param id the id of the execution
	 * @return the execution that ran
	 * @throws NotRestartableException if it is not the last one, has come to its end, or
	 * had other settings
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 */
	public List<JobExecution> restart(long id) {
		return this.jobs.restart(this.job, id, () -> {
			// What it adopts is not part of an execution that has begun.
		}, this::settings);
	}

	// What is ignored belongs to them: whoever stops an import because of a file that it
	// should not read does not want it to be read by the next.
	private String settings() {
		return String.join(" ", this.properties.source().logs().toAbsolutePath().normalize().toString(), this.recipe,
				this.properties.store().name(), FileSelection.of(this.properties.source()).fingerprint());
	}

}
