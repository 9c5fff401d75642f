package io.reflectbatch.importing;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Writes the state file also when an import does not come to its end.
 */
@Component
class ImportListener implements JobExecutionListener {

	private final StateFileExporter stateFile;

	ImportListener(StateFileExporter stateFile) {
		this.stateFile = stateFile;
	}

	@Override
	public void afterJob(JobExecution execution) {
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			this.stateFile.exportIfDue();
		}
	}

}
