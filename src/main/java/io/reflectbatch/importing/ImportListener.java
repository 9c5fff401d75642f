package io.reflectbatch.importing;

import io.reflectbatch.ledger.ExecutionLog;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Counts what an execution does, and writes the state file also when it does not come to
 * its end.
 */
@Component
class ImportListener implements JobExecutionListener {

	private final ExecutionLog executions;

	private final StateFileExporter stateFile;

	ImportListener(ExecutionLog executions, StateFileExporter stateFile) {
		this.executions = executions;
		this.stateFile = stateFile;
	}

	@Override
	public void beforeJob(JobExecution execution) {
		this.executions.begin(execution.getId(), execution.getJobInstanceId());
	}

	@Override
	public void afterJob(JobExecution execution) {
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			this.stateFile.exportIfDue();
		}
	}

}
