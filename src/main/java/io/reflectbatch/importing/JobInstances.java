package io.reflectbatch.importing;

import java.util.Optional;

import io.reflectbatch.ledger.LeaseEnd;
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

/**
 * The instances of a job that is restarted until it has come to its end; then comes the
 * next one. To be used by whoever holds the lease.
 */
final class JobInstances {

	private static final Logger logger = LoggerFactory.getLogger(JobInstances.class);

	private static final String RUN = "run.number";

	private static final String SETTINGS = "settings";

	private final JobOperator operator;

	private final JobRepository repository;

	private final Job job;

	private final DeadExecution dead;

	JobInstances(JobOperator operator, JobRepository repository, Job job, DeadExecution dead) {
		this.operator = operator;
		this.repository = repository;
		this.job = job;
		this.dead = dead;
	}

	/**
	 * Returns the last execution if it has not come to its end; one that has died is
	 * recovered.
	 * @param end how it is known that its process is gone
	 */
	Optional<JobExecution> unfinished(LeaseEnd end) {
		JobInstance instance = this.repository.getLastJobInstance(this.job.getName());
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (last == null) {
			return Optional.empty();
		}
		// Whoever ran it is gone, or it would hold the lease.
		JobExecution ended = this.dead.recover(last, end);
		return isOver(ended) ? Optional.empty() : Optional.of(ended);
	}

	static boolean isOver(JobExecution execution) {
		return execution.getStatus() == BatchStatus.COMPLETED || execution.getStatus() == BatchStatus.ABANDONED;
	}

	static boolean hasSettings(JobExecution execution, String settings) {
		return settings.equals(execution.getJobParameters().getString(SETTINGS));
	}

	JobExecution restart(JobExecution execution) {
		try {
			return this.operator.restart(execution);
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot restart execution " + execution.getId(), ex);
		}
	}

	/**
	 * Gives an execution up: its work list was made for other settings.
	 * @param execution the execution
	 */
	void abandon(JobExecution execution) {
		try {
			logger.warn("Execution {} had other settings and is abandoned: {}", execution.getId(),
					execution.getJobParameters().getString(SETTINGS));
			this.operator.abandon(execution);
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot abandon execution " + execution.getId(), ex);
		}
	}

	JobExecution start(String settings) {
		try {
			return this.operator.start(this.job, nextParameters(settings));
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot start the job '" + this.job.getName() + "'", ex);
		}
	}

	private JobParameters nextParameters(String settings) {
		JobInstance last = this.repository.getLastJobInstance(this.job.getName());
		long run = (last != null) ? last.getInstanceId() + 1 : 1;
		return new JobParametersBuilder().addLong(RUN, run).addString(SETTINGS, settings, false).toJobParameters();
	}

}
