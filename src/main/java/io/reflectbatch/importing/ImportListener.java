package io.reflectbatch.importing;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.WorkList;

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

	private final WorkList workList;

	private final StateFileExporter stateFile;

	ImportListener(ExecutionLog executions, WorkList workList, StateFileExporter stateFile) {
		this.executions = executions;
		this.workList = workList;
		this.stateFile = stateFile;
	}

	@Override
	public void beforeJob(JobExecution execution) {
		this.executions.begin(execution.getId(), execution.getJobInstanceId());
		this.workList.closeAll(execution.getJobInstanceId());
	}

	@Override
	public void afterJob(JobExecution execution) {
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			this.stateFile.exportOrWarn();
		}
	}

}
