package io.reflectbatch.importing;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.reflectbatch.ledger.DatabaseOwnership;
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
import org.springframework.stereotype.Component;

/**
 * Runs the jobs that write the ledger and the store, one at a time whoever starts them:
 * they hold the lease of the import. An instance of a job is restarted until it has come
 * to its end; then comes the next one.
 */
@Component
class ExclusiveJobs {

	private static final Logger logger = LoggerFactory.getLogger(ExclusiveJobs.class);

	private static final String RUN = "run.number";

	private static final String SETTINGS = "settings";

	private static final String REIMPORT = "reimport";

	private final JobOperator operator;

	private final JobRepository repository;

	private final DatabaseOwnership database;

	private final RunningLease lease;

	private final DeadExecution dead;

	private final ConversationStore store;

	ExclusiveJobs(JobOperator operator, JobRepository repository, DatabaseOwnership database, RunningLease lease,
			DeadExecution dead, ConversationStore store) {
		this.operator = operator;
		this.repository = repository;
		this.database = database;
		this.lease = lease;
		this.dead = dead;
		this.store = store;
	}

	/**
	 * Runs a job to its end: first what an earlier execution has left undone, unless it
	 * had other settings.
	 * @param job the job
	 * @param preparation what to do first, once nobody else is at work
	 * @param settings what an execution is for
	 * @param abandonment what to do for an execution that is given up, since its work
	 * list was made for other settings
	 * @param reimport whether a new run imports what has not changed as well; a restart
	 * does what it was started for, and what it was started for it does not leave to the
	 * run behind it
	 * @return the executions that ran: a restart, if there was something to restart, and
	 * a new run unless the restart did not complete
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 * @throws io.reflectbatch.ledger.DatabaseInUseException if another process does not
	 * let go of the database file
	 * @throws io.reflectbatch.store.StoreUnavailableException if the store does not
	 * answer, before any work is done
	 */
	List<JobExecution> run(Job job, Runnable preparation, Supplier<String> settings, Consumer<JobExecution> abandonment,
			boolean reimport) {
		return hold(preparation, () -> {
			List<JobExecution> executions = new ArrayList<>();
			unfinished(job).ifPresent((execution) -> {
				if (hasSettings(execution, settings.get())) {
					executions.add(restart(execution));
				}
				else {
					abandonment.accept(execution);
					abandon(execution);
				}
			});
			if (executions.isEmpty() || executions.getFirst().getStatus() == BatchStatus.COMPLETED) {
				boolean isDone = executions.stream().anyMatch(ExclusiveJobs::isReimport);
				executions.add(start(job, settings.get(), reimport && !isDone));
			}
			return executions;
		});
	}

	/**
	 * Restarts an execution and runs nothing else.
	 * @param job its job
	 * @param id the id of the execution
	 * @param preparation what to do first, once nobody else is at work
	 * @param settings what an execution is for
	 * @return the execution that ran
	 * @throws NotRestartableException if it is not the last one, has come to its end, or
	 * had other settings
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 */
	List<JobExecution> restart(Job job, long id, Runnable preparation, Supplier<String> settings) {
		return hold(preparation,
				() -> List.of(restart(unfinished(job)
					.filter((execution) -> execution.getId() == id && hasSettings(execution, settings.get()))
					.orElseThrow(() -> new NotRestartableException(id)))));
	}

	/**
	 * Makes sure that the last execution of a job has come to its end.
	 * @throws UnfinishedImportException if it has left files half done
	 */
	void requireOver(JobName job) {
		this.dead.last(job.jobName()).filter((execution) -> !isOver(execution)).ifPresent((execution) -> {
			throw new UnfinishedImportException(job, execution.getId());
		});
	}

	private List<JobExecution> hold(Runnable preparation, Supplier<List<JobExecution>> action) {
		this.database.take(JobName.IMPORT.jobName());
		return this.lease.hold(JobName.IMPORT, () -> {
			this.store.verifyReachable();
			preparation.run();
			return action.get();
		});
	}

	private Optional<JobExecution> unfinished(Job job) {
		return this.dead.last(job.getName()).filter((execution) -> !isOver(execution));
	}

	private static boolean isOver(JobExecution execution) {
		return execution.getStatus() == BatchStatus.COMPLETED || execution.getStatus() == BatchStatus.ABANDONED;
	}

	/**
	 * Returns whether an execution imports what has not changed as well. That is a matter
	 * of the execution and not of the process that restarts it.
	 * @param execution the execution
	 */
	static boolean isReimport(JobExecution execution) {
		return Boolean.parseBoolean(execution.getJobParameters().getString(REIMPORT));
	}

	private static boolean hasSettings(JobExecution execution, String settings) {
		return settings.equals(execution.getJobParameters().getString(SETTINGS));
	}

	private JobExecution restart(JobExecution execution) {
		try {
			return this.operator.restart(execution);
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot restart execution " + execution.getId(), ex);
		}
	}

	private void abandon(JobExecution execution) {
		try {
			logger.warn("Execution {} had other settings and is abandoned: {}", execution.getId(),
					execution.getJobParameters().getString(SETTINGS));
			LocalDateTime end = execution.getEndTime();
			JobExecution abandoned = this.operator.abandon(execution);
			if (end != null) {
				// The operator says that it has just ended.
				abandoned.setEndTime(end);
				this.repository.update(abandoned);
			}
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot abandon execution " + execution.getId(), ex);
		}
	}

	private JobExecution start(Job job, String settings, boolean reimport) {
		try {
			return this.operator.start(job, nextParameters(job, settings, reimport));
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot start the job '" + job.getName() + "'", ex);
		}
	}

	private JobParameters nextParameters(Job job, String settings, boolean reimport) {
		JobInstance last = this.repository.getLastJobInstance(job.getName());
		long run = (last != null) ? last.getInstanceId() + 1 : 1;
		JobParametersBuilder parameters = new JobParametersBuilder().addLong(RUN, run)
			.addString(SETTINGS, settings, false);
		if (reimport) {
			parameters.addString(REIMPORT, "true", false);
		}
		return parameters.toJobParameters();
	}

}
