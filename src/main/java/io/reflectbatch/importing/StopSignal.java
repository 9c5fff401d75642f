package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.List;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.stereotype.Component;

/**
 * Asks the running import to stop at the next commit. Thread-safe.
 */
@Component
public class StopSignal implements StepInterruptionPolicy {

	private final List<Runnable> actions = new ArrayList<>();

	private volatile boolean raised;

	/**
	 * Asks the import to stop.
	 */
	public synchronized void raise() {
		if (!this.raised) {
			this.raised = true;
			this.actions.forEach(Runnable::run);
		}
	}

	/**
	 * Does something as soon as the import is asked to stop, or now if it has been.
	 * @param action what to do; quick, since others wait for it
	 */
	synchronized void onRaise(Runnable action) {
		this.actions.add(action);
		if (this.raised) {
			action.run();
		}
	}

	/**
	 * Returns whether the import was asked to stop.
	 */
	public boolean isRaised() {
		return this.raised;
	}

	/**
	 * Tells a step to stop if the import was asked to.
	 * @param stepExecution the running step
	 */
	void applyTo(StepExecution stepExecution) {
		if (this.raised) {
			stepExecution.setTerminateOnly();
		}
	}

	@Override
	public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
		// The chunk-oriented step swallows the exception and would end as COMPLETED
		// without this.
		applyTo(stepExecution);
		if (this.raised) {
			throw new JobInterruptedException("Stopped by a signal; 'import' goes on from here");
		}
	}

}
