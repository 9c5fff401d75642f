package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.reflectbatch.ledger.DatabaseOwnership;
import io.reflectbatch.ledger.LeaseEnd;
import io.reflectbatch.store.ConversationStore;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Moves what was imported to the model that the configuration names; first what an
 * earlier move has left undone. It holds the lease of the import, which writes the same
 * rows.
 */
@Component
public class ReembedLauncher {

	private final JobRepository repository;

	private final JobInstances instances;

	private final DatabaseOwnership database;

	private final RunningLease lease;

	private final DeadExecution dead;

	private final ConversationStore store;

	private final String settings;

	ReembedLauncher(JobOperator operator, JobRepository repository, @Qualifier("reembedJob") Job job,
			DatabaseOwnership database, RunningLease lease, DeadExecution dead, ConversationStore store,
			Chunking chunking, JobProperties properties) {
		this.repository = repository;
		this.instances = new JobInstances(operator, repository, job, dead);
		this.database = database;
		this.lease = lease;
		this.dead = dead;
		this.store = store;
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
		return hold((end) -> {
			List<JobExecution> executions = new ArrayList<>();
			this.instances.unfinished(end)
				.flatMap((execution) -> isSameJob(execution) ? Optional.of(execution) : abandon(execution))
				.ifPresent((execution) -> executions.add(this.instances.restart(execution)));
			if (executions.isEmpty() || executions.getFirst().getStatus() == BatchStatus.COMPLETED) {
				executions.add(this.instances.start(this.settings));
			}
			return executions;
		});
	}

	/**
	 * Restarts an execution and runs nothing else.
	 * @param id the id of the execution
	 * @return the execution that ran
	 * @throws NotRestartableException if it is not the last one, has come to its end, or
	 * had other settings
	 */
	public List<JobExecution> restart(long id) {
		return hold((end) -> List.of(this.instances.restart(this.instances.unfinished(end)
			.filter((execution) -> execution.getId() == id && isSameJob(execution))
			.orElseThrow(() -> new NotRestartableException(id)))));
	}

	private List<JobExecution> hold(Action action) {
		this.database.take(JobName.IMPORT.jobName());
		LeaseEnd end = this.dead.leaseEnd();
		return this.lease.hold(JobName.IMPORT, () -> {
			this.store.verifyReachable();
			requireNoUnfinishedImport();
			return action.run(end);
		});
	}

	// What it has left half done would be moved as it is.
	private void requireNoUnfinishedImport() {
		JobInstance instance = this.repository.getLastJobInstance(JobName.IMPORT.jobName());
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (last != null && !JobInstances.isOver(last)) {
			throw new UnfinishedImportException(last.getId());
		}
	}

	private boolean isSameJob(JobExecution execution) {
		return JobInstances.hasSettings(execution, this.settings);
	}

	private Optional<JobExecution> abandon(JobExecution execution) {
		this.instances.abandon(execution);
		return Optional.empty();
	}

	private interface Action {

		List<JobExecution> run(LeaseEnd end);

	}

}
