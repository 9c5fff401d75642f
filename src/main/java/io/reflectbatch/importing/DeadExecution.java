package io.reflectbatch.importing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.LeaseEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Brings an execution whose process is gone to an end that can be restarted, and keeps
 * the evidence. Whoever takes the lease does it first, import or not: the lease is all
 * that tells of its last holder.
 */
@Component
class DeadExecution {

	private static final Logger logger = LoggerFactory.getLogger(DeadExecution.class);

	private final JobOperator operator;

	private final JobRepository repository;

	private final JobLease lease;

	private final FileDeaths deaths;

	private final ExecutionLog executions;

	DeadExecution(JobOperator operator, JobRepository repository, JobLease lease, FileDeaths deaths,
			ExecutionLog executions) {
		this.operator = operator;
		this.repository = repository;
		this.lease = lease;
		this.deaths = deaths;
		this.executions = executions;
	}

	/**
	 * Returns how it is known that the last holder of a lease is gone. To be asked before
	 * the lease is taken.
	 * @param lease the job whose lease it is
	 */
	LeaseEnd leaseEnd(JobName lease) {
		return this.lease.end(lease.jobName()).orElseGet(() -> new LeaseEnd("it has just died", Instant.now()));
	}

	/**
	 * Ends the executions that have not ended themselves: whoever ran them is gone, or it
	 * would hold the lease.
	 * @param lease the job whose lease was taken
	 * @param end how it is known that its last holder is gone
	 */
	void recover(JobName lease, LeaseEnd end) {
		Stream.of(JobName.values())
			.filter((job) -> job.lease() == lease)
			.flatMap((job) -> last(job.jobName()).stream())
			.filter(DeadExecution::isOpen)
			.forEach((execution) -> recover(execution, end));
	}

	/**
	 * Returns the last execution of a job.
	 * @param job the name of the job
	 */
	Optional<JobExecution> last(String job) {
		JobInstance instance = this.repository.getLastJobInstance(job);
		return Optional.ofNullable((instance != null) ? this.repository.getLastJobExecution(instance) : null);
	}

	private void recover(JobExecution execution, LeaseEnd end) {
		boolean died = isOpen(execution.getStatus());
		if (died) {
			recordDeath(execution, evidence(execution, end));
		}
		endUnknown(execution);
		JobExecution ended = this.operator.recover(execution);
		if (died) {
			endAt(ended, end.lastSeen());
		}
	}

	// Nobody knows how long it took to be found.
	private void endAt(JobExecution execution, Instant lastSeen) {
		LocalDateTime end = LocalDateTime.ofInstant(lastSeen, ZoneId.systemDefault());
		LocalDateTime start = execution.getStartTime();
		execution.setEndTime((start != null && end.isBefore(start)) ? start : end);
		this.repository.update(execution);
	}

	private void recordDeath(JobExecution execution, String evidence) {
		boolean restarted = JobName.of(execution.getJobInstance().getJobName())
			.filter(JobName::isRestarted)
			.isPresent();
		logger.warn("Execution {} {}{}", execution.getId(), evidence, restarted ? "; it will be restarted" : "");
		this.deaths.record(execution.getJobInstanceId(), execution.getId(), evidence);
		execution.setExitStatus(ExitStatus.FAILED.addExitDescription(evidence));
	}

	// A step can be open although its job has ended: when the database was gone just
	// then.
	private static boolean isOpen(JobExecution execution) {
		return isOpen(execution.getStatus())
				|| execution.getStepExecutions().stream().anyMatch((step) -> isOpen(step.getStatus()));
	}

	private static boolean isOpen(BatchStatus status) {
		return status.isRunning() || status == BatchStatus.UNKNOWN;
	}

	private String evidence(JobExecution execution, LeaseEnd end) {
		return end.evidence(this.executions.lastSample(execution.getId()).orElse(null));
	}

	// The operator recovers what is running, but leaves what is unknown as it is.
	private void endUnknown(JobExecution execution) {
		if (execution.getStatus() == BatchStatus.UNKNOWN) {
			execution.setStatus(BatchStatus.STARTED);
		}
		for (StepExecution step : execution.getStepExecutions()) {
			if (step.getStatus() == BatchStatus.UNKNOWN) {
				step.setStatus(BatchStatus.FAILED);
				this.repository.update(step);
			}
		}
	}

}
