package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.reflectbatch.ledger.DatabaseOwnership;
import io.reflectbatch.ledger.LeaseEnd;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
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

	private static final Logger logger = LoggerFactory.getLogger(ImportLauncher.class);

	private static final String RUN = "run.number";

	private static final String SETTINGS = "settings";

	private final JobOperator operator;

	private final JobRepository repository;

	private final Job job;

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
		this.operator = operator;
		this.repository = repository;
		this.job = job;
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
			unfinished(end).flatMap((execution) -> isSameJob(execution) ? Optional.of(execution) : abandon(execution))
				.ifPresent((execution) -> executions.add(restart(execution)));
			if (executions.isEmpty() || executions.getFirst().getStatus() == BatchStatus.COMPLETED) {
				executions.add(start());
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
			JobExecution unfinished = unfinished(end)
				.filter((execution) -> execution.getId() == id && isSameJob(execution))
				.orElseThrow(() -> new NotRestartableException(id));
			return List.of(restart(unfinished));
		});
	}

	private Optional<JobExecution> unfinished(LeaseEnd end) {
		JobInstance instance = this.repository.getLastJobInstance(this.job.getName());
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (last == null) {
			return Optional.empty();
		}
		// Whoever ran it is gone, or it would hold the lease.
		JobExecution ended = this.dead.recover(last, end);
		if (ended.getStatus() == BatchStatus.COMPLETED || ended.getStatus() == BatchStatus.ABANDONED) {
			return Optional.empty();
		}
		return Optional.of(ended);
	}

	private boolean isSameJob(JobExecution execution) {
		return settings().equals(execution.getJobParameters().getString(SETTINGS));
	}

	// What is ignored belongs to them: whoever stops an import because of a file that it
	// should not read does not want it to be read by the next.
	private String settings() {
		return String.join(" ", this.properties.source().logs().toAbsolutePath().normalize().toString(), this.recipe,
				this.properties.store().name(), FileSelection.of(this.properties.source()).fingerprint());
	}

	// Its work list was made for other settings. The new run plans what it left undone
	// again.
	private Optional<JobExecution> abandon(JobExecution execution) {
		try {
			logger.warn("Execution {} had other settings and is abandoned: {}", execution.getId(),
					execution.getJobParameters().getString(SETTINGS));
			this.workList.giveUp(execution.getJobInstanceId());
			this.operator.abandon(execution);
			return Optional.empty();
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot abandon execution " + execution.getId(), ex);
		}
	}

	private JobExecution restart(JobExecution execution) {
		try {
			return this.operator.restart(execution);
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot restart execution " + execution.getId(), ex);
		}
	}

	private JobExecution start() {
		try {
			return this.operator.start(this.job, nextParameters());
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot start the import", ex);
		}
	}

	private JobParameters nextParameters() {
		JobInstance last = this.repository.getLastJobInstance(this.job.getName());
		long run = (last != null) ? last.getInstanceId() + 1 : 1;
		return new JobParametersBuilder().addLong(RUN, run).addString(SETTINGS, settings(), false).toJobParameters();
	}

}
