package io.reflectbatch.importing;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.reflectbatch.ledger.PlannedFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Tells log messages what they are about: the execution, and the file that the thread has
 * in hand. Thread-safe.
 */
@Component
public class LogContext implements JobExecutionListener, StepExecutionListener {

	/**
	 * The id of the execution.
	 */
	public static final String EXECUTION = "execution";

	/**
	 * The file, by the name that the Elastic Common Schema has for it.
	 */
	public static final String FILE = "file.path";

	private volatile @Nullable String execution;

	@Override
	public void beforeJob(JobExecution jobExecution) {
		this.execution = String.valueOf(jobExecution.getId());
		enter();
	}

	@Override
	public void afterJob(JobExecution jobExecution) {
		this.execution = null;
		enter();
	}

	@Override
	public void beforeStep(StepExecution stepExecution) {
		enter();
	}

	@Override
	public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
		leaveFile();
		return null;
	}

	/**
	 * Lets the messages of this thread name the running execution, if there is one.
	 */
	public void enter() {
		String running = this.execution;
		if (running != null) {
			MDC.put(EXECUTION, running);
		}
		else {
			MDC.remove(EXECUTION);
		}
	}

	/**
	 * Lets the messages of the thread that will run a task name what those of this thread
	 * name.
	 * @param task the task
	 */
	static Runnable inherited(Runnable task) {
		Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
		return () -> {
			MDC.setContextMap(context);
			task.run();
		};
	}

	/**
	 * Lets the messages of this thread name a file from now on.
	 * @param file the file
	 */
	static void enterFile(PlannedFile file) {
		MDC.put(FILE, file.known().path());
	}

	/**
	 * Lets the messages of this thread name the file that all items are of, if there is
	 * one.
	 * @param items the items in hand
	 */
	static void enterFileOf(List<? extends ImportItem> items) {
		List<PlannedFile> files = items.stream().map(ImportItem::planned).distinct().limit(2).toList();
		if (files.size() == 1) {
			enterFile(files.getFirst());
		}
		else {
			leaveFile();
		}
	}

	/**
	 * Lets the messages of this thread name no file any more.
	 */
	static void leaveFile() {
		MDC.remove(FILE);
	}

}
