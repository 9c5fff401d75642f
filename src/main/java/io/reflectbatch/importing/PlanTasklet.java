package io.reflectbatch.importing;

import java.io.IOException;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Plans some files in each transaction until all are planned. Restart: files that are in
 * the work list already are passed over.
 */
class PlanTasklet implements Tasklet {

	private static final int FILES_A_TRANSACTION = 50;

	private final Planner planner;

	private final UnknownLanguages languages;

	private final StopSignal stop;

	private final HeapGrowth heap;

	private boolean listed;

	PlanTasklet(Planner planner, UnknownLanguages languages, StopSignal stop, HeapGrowth heap) {
		this.planner = planner;
		this.languages = languages;
		this.stop = stop;
		this.heap = heap;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws IOException {
		if (!this.listed) {
			this.planner.list();
			contribution.incrementFilterCount(this.planner.ignored());
			this.listed = true;
		}
		this.stop.applyTo(contribution.getStepExecution());
		this.planner.plan(FILES_A_TRANSACTION);
		this.heap.collectIfGrown();
		contribution.incrementReadSkipCount(this.planner.unreadable() - contribution.getStepSkipCount());
		this.languages.moveTo(contribution.getStepExecution().getExecutionContext());
		return RepeatStatus.continueIf(this.planner.hasNext());
	}

}
