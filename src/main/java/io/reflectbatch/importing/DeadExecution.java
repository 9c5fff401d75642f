package io.reflectbatch.importing;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.MemorySample;
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

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
		.withZone(ZoneId.systemDefault());

	private static final long MEGABYTE = 1 << 20;

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
	 * Returns when the holder of the lease gave its last sign of life. To be asked before
	 * the lease is taken.
	 */
	Instant lastHeartbeat() {
		return this.lease.lastHeartbeat(JobName.IMPORT.jobName()).orElseGet(Instant::now);
	}

	/**
	 * Ends an execution if it has not ended itself.
	 * @param execution the last execution, whoever ran it
	 * @param lastSeen when its process gave its last sign of life
	 * @return the execution, ended
	 */
	JobExecution recover(JobExecution execution, Instant lastSeen) {
		if (!execution.getStatus().isRunning() && execution.getStatus() != BatchStatus.UNKNOWN) {
			return execution;
		}
		String evidence = evidence(execution, lastSeen);
		logger.warn("Execution {} {}; it is restarted", execution.getId(), evidence);
		this.deaths.record(execution.getJobInstanceId(), execution.getId(), evidence);
		execution.setExitStatus(ExitStatus.FAILED.addExitDescription(evidence));
		endUnknown(execution);
		return this.operator.recover(execution);
	}

	private String evidence(JobExecution execution, Instant lastSeen) {
		List<MemorySample> samples = this.executions.samples(execution.getId());
		String memory = samples.isEmpty() ? "" : ", " + samples.getLast().residentBytes() / MEGABYTE + " MB resident";
		return "killed: last seen " + TIME.format(lastSeen.truncatedTo(ChronoUnit.SECONDS)) + memory;
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
