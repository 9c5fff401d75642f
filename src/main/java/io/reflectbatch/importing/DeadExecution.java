package io.reflectbatch.importing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.LeaseEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Brings an execution whose process is gone to an end that can be restarted, and keeps
 * the evidence.
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
	 * Returns how it is known that the last holder of the lease is gone. To be asked
	 * before the lease is taken.
	 */
	LeaseEnd leaseEnd() {
		return this.lease.end(JobName.IMPORT.jobName())
			.orElseGet(() -> new LeaseEnd("it has just died", Instant.now()));
	}

	/**
	 * Ends an execution if it has not ended itself.
	 * @param execution the last execution, whoever ran it
	 * @param end how it is known that its process is gone
	 * @return the execution, ended
	 */
	JobExecution recover(JobExecution execution, LeaseEnd end) {
		if (!isOpen(execution.getStatus())
				&& execution.getStepExecutions().stream().noneMatch((step) -> isOpen(step.getStatus()))) {
			return execution;
		}
		if (isOpen(execution.getStatus())) {
			recordDeath(execution, evidence(execution, end));
		}
		endUnknown(execution);
		boolean died = isOpen(execution.getStatus());
		JobExecution ended = this.operator.recover(execution);
		if (died) {
			endAt(ended, end.lastSeen());
		}
		return ended;
	}

	// Nobody knows how long it took to be found.
	private void endAt(JobExecution execution, Instant lastSeen) {
		LocalDateTime end = LocalDateTime.ofInstant(lastSeen, ZoneId.systemDefault());
		LocalDateTime start = execution.getStartTime();
		execution.setEndTime((start != null && end.isBefore(start)) ? start : end);
		this.repository.update(execution);
	}

	private void recordDeath(JobExecution execution, String evidence) {
		logger.warn("Execution {} {}; it is restarted", execution.getId(), evidence);
		this.deaths.record(execution.getJobInstanceId(), execution.getId(), evidence);
		execution.setExitStatus(ExitStatus.FAILED.addExitDescription(evidence));
	}

	// A step can be open although its job has ended: when the database was gone just
	// then.
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
