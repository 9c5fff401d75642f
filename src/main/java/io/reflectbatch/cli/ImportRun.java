package io.reflectbatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.reflectbatch.importing.ImportLauncher;
import io.reflectbatch.importing.ImportProgress;
import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.importing.StopSignal;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.context.ApplicationContext;

/**
 * Runs an import for somebody who watches: progress, a summary, an exit code. A signal
 * stops it at the next commit.
 */
final class ImportRun {

	private final ApplicationContext context;

	private final Console console;

	private final boolean json;

	private final boolean strict;

	ImportRun(ApplicationContext context, Console console, boolean json, boolean strict) {
		this.context = context;
		this.console = console;
		this.json = json;
		this.strict = strict;
	}

	ExitCode run() {
		requireLogs(this.context.getBean(JobProperties.class).source().logs());
		return report(runWithProgress());
	}

	private List<JobExecution> runWithProgress() {
		ImportProgress progress = this.context.getBean(ImportProgress.class);
		ImportLauncher job = this.context.getBean(ImportLauncher.class);
		StopSignal stop = this.context.getBean(StopSignal.class);
		try (Signals signals = new Signals(); ProgressPrinter printer = new ProgressPrinter(progress)) {
			signals.handleWith(stop::raise);
			printer.start();
			return job.run();
		}
	}

	private static void requireLogs(Path logs) {
		if (!Files.isDirectory(logs)) {
			throw new UsageException(
					"The logs directory " + logs.toAbsolutePath() + " does not exist or is not a directory."
							+ " Name the directory that holds one directory a project, with --logs or LOGS_DIR.");
		}
	}

	private ExitCode report(List<JobExecution> executions) {
		JobHistory history = this.context.getBean(JobHistory.class);
		List<ExecutionSummary> summaries = executions.stream().map(history::summary).toList();
		if (this.json) {
			this.console.json(summaries);
		}
		else {
			summaries.forEach(this::print);
		}
		return exitCode(executions.getLast(), summaries);
	}

	private void print(ExecutionSummary summary) {
		if (summary.status().equals(BatchStatus.COMPLETED.name()) && summary.files() == 0) {
			this.console.line("Nothing new: nothing was embedded, nothing was written (%s, execution %d)",
					Console.duration(summary.duration()), summary.id());
			return;
		}
		this.console.line(
				"%s %d: %s of %s files, %s chunks, %s lines could not be read, %s, %.1f chunks/s, peak memory %s",
				words(summary.status()), summary.id(), Console.number(summary.filesFinished()),
				Console.number(summary.files()), Console.number(summary.chunks()), Console.number(summary.problems()),
				Console.duration(summary.duration()), rate(summary), ProcessMemory.peak());
		if (summary.reason() != null) {
			this.console.line("%s", summary.reason());
		}
	}

	private static String words(String status) {
		return switch (status) {
			case "COMPLETED" -> "Completed execution";
			case "STOPPED" -> "Stopped execution";
			default -> "Failed execution";
		};
	}

	private static double rate(ExecutionSummary summary) {
		Duration duration = summary.duration();
		return duration.isZero() ? 0 : summary.chunks() * 1000.0 / duration.toMillis();
	}

	private ExitCode exitCode(JobExecution last, List<ExecutionSummary> summaries) {
		if (last.getStatus() == BatchStatus.STOPPED) {
			return ExitCode.STOPPED;
		}
		if (last.getStatus() != BatchStatus.COMPLETED) {
			return last.getAllFailureExceptions()
				.stream()
				.map(Failures::exitCode)
				.filter((code) -> code != ExitCode.FAILED)
				.findFirst()
				.orElse(ExitCode.FAILED);
		}
		boolean skipped = summaries.stream().anyMatch((summary) -> summary.problems() > 0);
		return (this.strict && skipped) ? ExitCode.SKIPPED : ExitCode.COMPLETED;
	}

}
