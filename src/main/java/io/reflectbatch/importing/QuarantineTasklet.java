package io.reflectbatch.importing;

import io.reflectbatch.ledger.FileDeaths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Puts files aside at which the process has died too often, so that the rest of the logs
 * can be imported. They are never dropped silently: a warning now, and a mark in the list
 * of files until a person asks for them again.
 */
class QuarantineTasklet implements Tasklet {

	private static final Logger logger = LoggerFactory.getLogger(QuarantineTasklet.class);

	private final FileDeaths deaths;

	private final ImportMeters meters;

	QuarantineTasklet(FileDeaths deaths, ImportMeters meters) {
		this.deaths = deaths;
		this.meters = meters;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		long jobInstance = contribution.getStepExecution().getJobExecution().getJobInstanceId();
		this.deaths.quarantine(jobInstance).forEach(this::report);
		return RepeatStatus.FINISHED;
	}

	private void report(String path) {
		this.meters.count(ImportMeters.FileOutcome.QUARANTINED);
		logger.warn(
				"{} is in quarantine: the process died {} times while reading it. Try it again with: reflect files --retry {}",
				path, FileDeaths.QUARANTINE_DEATHS, path);
	}

}
