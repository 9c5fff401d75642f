package io.reflectbatch.importing;

import io.reflectbatch.ledger.WorkList;

import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Tells the progress what there is to do as soon as it is planned.
 */
@Component
class ProgressListener implements StepExecutionListener {

	private final ImportProgress progress;

	private final WorkList workList;

	ProgressListener(ImportProgress progress, WorkList workList) {
		this.progress = progress;
		this.workList = workList;
	}

	@Override
	public void beforeStep(StepExecution execution) {
		this.progress.begin(this.workList.totals(execution.getJobExecution().getJobInstanceId()));
	}

}
