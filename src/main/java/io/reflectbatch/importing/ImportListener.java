package io.reflectbatch.importing;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Counts what an execution does, and writes the state file also when it does not come to
 * its end. Whoever asks it to stop does not wait for a store that has gone.
 */
@Component
class ImportListener implements JobExecutionListener {

	private final ExecutionLog executions;

	private final WorkList workList;

	private final StateFileExporter stateFile;

	private final StopSignal stop;

	private final ConversationStore store;

	private final ImportMeters meters;

	private final HeapGrowth heap;

	ImportListener(ExecutionLog executions, WorkList workList, StateFileExporter stateFile, StopSignal stop,
			ConversationStore store, ImportMeters meters, HeapGrowth heap) {
		this.executions = executions;
		this.workList = workList;
		this.stateFile = stateFile;
		this.stop = stop;
		this.store = store;
		this.meters = meters;
		this.heap = heap;
	}

	@Override
	public void beforeJob(JobExecution execution) {
		this.executions.begin(execution.getId(), execution.getJobInstanceId());
		this.workList.closeAll(execution.getJobInstanceId());
		this.stop.onRaise(this.store::stopRetrying);
		this.meters.begin(execution.getId());
	}

	@Override
	public void afterJob(JobExecution execution) {
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			this.stateFile.exportOrWarn();
		}
		// All files were looked at for the state file, and are again for the report.
		this.heap.collectIfGrown();
	}

}
