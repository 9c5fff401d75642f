package io.reflectbatch.importing;

import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.ledger.WorkTotals;

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

	private final ImportMeters meters;

	ImportProgressListener(WorkList workList, ImportProgress progress, ImportMeters meters) {
		this.workList = workList;
		this.progress = progress;
		this.meters = meters;
	}

	@Override
	public void beforeStep(StepExecution step) {
		WorkTotals totals = this.workList.totals(step.getJobExecution().getJobInstanceId());
		this.progress.begin(totals);
		this.meters.planned(totals.files());
	}

}
