package io.reflectbatch.importing;

import java.nio.file.Path;

import io.reflectbatch.ledger.Adoption;
import io.reflectbatch.ledger.StateFileException;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Runs the jobs that exchange state with the Python importer. Each run is a job instance
 * of its own: there is nothing to restart, since all happens in one transaction.
 */
@Component
public class StateFileLauncher {

	private final JobOperator operator;

	private final JobRepository repository;

	private final Job exportState;

	private final Job adoptState;

	private final RunningLease lease;

	StateFileLauncher(JobOperator operator, JobRepository repository, @Qualifier("exportStateJob") Job exportState,
			@Qualifier("adoptStateJob") Job adoptState, RunningLease lease) {
		this.operator = operator;
		this.repository = repository;
		this.exportState = exportState;
		this.adoptState = adoptState;
		this.lease = lease;
	}

	/**
	 * Writes a state file; also while an import runs.
	 * @param target the state file
	 * @return the number of files in it
	 * @throws StateFileException if it cannot be written
	 */
	public int export(Path target) {
		return this.lease.hold(JobName.EXPORT_STATE.lease(), () -> run(this.exportState, target))
			.getInt(StateFileJobConfiguration.FILES);
	}

	/**
	 * Takes over what a state file says was imported; not while an import runs, which
	 * writes the same rows.
	 * @param source the state file
	 * @return what was taken over
	 * @throws StateFileException if it cannot be read
	 * @throws io.reflectbatch.ledger.LeaseHeldException if another process is importing
	 */
	public Adoption adopt(Path source) {
		return new AdoptionContext(this.lease.hold(JobName.ADOPT_STATE.lease(), () -> run(this.adoptState, source)))
			.get();
	}

	private ExecutionContext run(Job job, Path file) {
		JobExecution execution = start(job, file);
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			throw failure(execution);
		}
		return execution.getStepExecutions().iterator().next().getExecutionContext();
	}

	private JobExecution start(Job job, Path file) {
		JobInstance last = this.repository.getLastJobInstance(job.getName());
		long run = (last != null) ? last.getInstanceId() + 1 : 1;
		try {
			return this.operator.start(job,
					new JobParametersBuilder().addLong("run.number", run)
						.addString(StateFileJobConfiguration.FILE, file.toAbsolutePath().toString(), false)
						.toJobParameters());
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Cannot start the job '" + job.getName() + "'", ex);
		}
	}

	private static RuntimeException failure(JobExecution execution) {
		return execution.getAllFailureExceptions()
			.stream()
			.filter(RuntimeException.class::isInstance)
			.map(RuntimeException.class::cast)
			.findFirst()
			.orElseGet(() -> new IllegalStateException("The job ended as " + execution.getExitStatus()));
	}

}
