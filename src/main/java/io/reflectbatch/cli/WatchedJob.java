package io.reflectbatch.cli;

import java.util.List;
import java.util.function.Supplier;

import io.reflectbatch.importing.ImportProgress;
import io.reflectbatch.importing.LogContext;
import io.reflectbatch.importing.StopSignal;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.context.ApplicationContext;

/**
 * Runs a job that can be restarted for somebody who watches: with its progress, and an
 * end in words and as an exit code. A signal stops it at the next commit.
 */
final class WatchedJob {

	private static final String AGAIN = "Run the same command again: it goes on where it stopped.";

	private final ApplicationContext context;

	private final Notices notices;

	private final RunEnd end;

	/**
	 * Creates a job.
	 * @param context Spring
	 * @param command which command runs it
	 */
	WatchedJob(ApplicationContext context, SpringCommand command) {
		this.context = context;
		this.notices = command.notices();
		this.end = command.end();
	}

	/**
	 * Runs it.
	 * @param launch starts it
	 */
	List<JobExecution> run(Supplier<List<JobExecution>> launch) {
		ImportProgress progress = this.context.getBean(ImportProgress.class);
		StopSignal stop = this.context.getBean(StopSignal.class);
		try (Signals signals = new Signals();
				ProgressPrinter printer = new ProgressPrinter(progress, this.context.getBean(LogContext.class),
						this.notices)) {
			signals.handleWith(stop::raise);
			Lifeline.whenCut(stop::raise);
			printer.start();
			return launch.get();
		}
	}

	/**
	 * Says why it has not completed, if it has not.
	 * @param last its last execution
	 */
	ExitCode end(JobExecution last) {
		if (last.getStatus() == BatchStatus.STOPPED) {
			this.notices.complain("stopped. " + AGAIN);
			return ExitCode.STOPPED;
		}
		return (last.getStatus() == BatchStatus.COMPLETED) ? ExitCode.COMPLETED : failed(last);
	}

	private ExitCode failed(JobExecution execution) {
		Throwable failure = Failures.mostTelling(execution.getAllFailureExceptions());
		this.notices.complain(Failures.message(failure));
		this.end.failure(Failures.message(failure));
		if (Failures.mayPass(failure)) {
			this.notices.complain(AGAIN);
		}
		return Failures.exitCode(failure);
	}

}
