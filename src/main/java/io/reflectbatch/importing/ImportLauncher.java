package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.reflectbatch.ledger.DatabaseOwnership;
import io.reflectbatch.ledger.LeaseEnd;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Runs imports, one at a time whoever starts them: first what an earlier one has left
 * undone, then what is new.
 */
@Component
public class ImportLauncher {

	private final Job job;

	private final JobInstances instances;

	private final DatabaseOwnership database;

	private final RunningLease lease;

	private final DeadExecution dead;

	private final Predecessor predecessor;

	private final WorkList workList;

	private final ConversationStore store;

	private final JobProperties properties;

	private final String recipe;

	ImportLauncher(JobOperator operator, JobRepository repository, @Qualifier("importJob") Job job,
			DatabaseOwnership database, RunningLease lease, DeadExecution dead, Predecessor predecessor,
			WorkList workList, Chunking chunking, JobProperties properties, ConversationStore store) {
		this.job = job;
		this.instances = new JobInstances(operator, repository, job, dead);
		this.database = database;
		this.lease = lease;
		this.dead = dead;
		this.predecessor = predecessor;
		this.workList = workList;
		this.properties = properties;
		this.recipe = chunking.recipe().chunking() + " " + chunking.recipe().model();
		this.store = store;
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
		this.database.take(this.job.getName());
		LeaseEnd end = this.dead.leaseEnd();
		return this.lease.hold(JobName.IMPORT, () -> {
			this.store.verifyReachable();
			this.predecessor.adoptAtFirst();
			List<JobExecution> executions = new ArrayList<>();
			this.instances.unfinished(end)
				.flatMap((execution) -> isSameJob(execution) ? Optional.of(execution) : abandon(execution))
				.ifPresent((execution) -> executions.add(this.instances.restart(execution)));
			if (executions.isEmpty() || executions.getFirst().getStatus() == BatchStatus.COMPLETED) {
				executions.add(this.instances.start(settings()));
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
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 */
	public List<JobExecution> restart(long id) {
		this.database.take(this.job.getName());
		LeaseEnd end = this.dead.leaseEnd();
		return this.lease.hold(JobName.IMPORT, () -> {
			this.store.verifyReachable();
			JobExecution unfinished = this.instances.unfinished(end)
				.filter((execution) -> execution.getId() == id && isSameJob(execution))
				.orElseThrow(() -> new NotRestartableException(id));
			return List.of(this.instances.restart(unfinished));
		});
	}

	private boolean isSameJob(JobExecution execution) {
		return JobInstances.hasSettings(execution, settings());
	}

	// What is ignored belongs to them: whoever stops an import because of a file that it
	// should not read does not want it to be read by the next.
	private String settings() {
		return String.join(" ", this.properties.source().logs().toAbsolutePath().normalize().toString(), this.recipe,
				this.properties.store().name(), FileSelection.of(this.properties.source()).fingerprint());
	}

	// The new run plans what it left undone again.
	private Optional<JobExecution> abandon(JobExecution execution) {
		this.workList.giveUp(execution.getJobInstanceId());
		this.instances.abandon(execution);
		return Optional.empty();
	}

}
