package io.reflectbatch.importing;

import io.reflectbatch.ledger.WorkList;

import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Tells whoever watches, once the work list is complete, how much there is to do.
 */
@Component
class ImportProgressListener implements StepExecutionListener {

	private final WorkList workList;

	private final ImportProgress progress;

	ImportProgressListener(WorkList workList, ImportProgress progress) {
		this.workList = workList;
		this.progress = progress;
	}

	@Override
	public void beforeStep(StepExecution step) {
		this.progress.begin(this.workList.totals(step.getJobExecution().getJobInstanceId()));
	}

}
