package io.reflectbatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.importing.ImportLauncher;
import io.reflectbatch.importing.ImportMeters;
import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.importing.MemoryPlan;
import io.reflectbatch.importing.ProcessMemory;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.context.ApplicationContext;

/**
 * Runs an import for somebody who watches: progress, a summary, an exit code. A signal
 * stops it at the next commit.
 */
final class ImportRun {

	private final ApplicationContext context;

	private final Console console;

	private final Notices notices;

	private final WatchedJob job;

	private final RunEnd end;

	private final boolean json;

	private final boolean strict;

	/**
	 * Creates a run.
	 * @param context Spring
	 * @param command which command it is
	 * @param console where to print the answer
	 * @param json whether that is for programs
	 * @param strict whether lines that were passed over matter
	 */
	ImportRun(ApplicationContext context, SpringCommand command, Console console, boolean json, boolean strict) {
		this.context = context;
		this.console = console;
		this.notices = command.notices();
		this.job = new WatchedJob(context, command);
		this.end = command.end();
		this.json = json;
		this.strict = strict;
	}

	/**
	 * Imports.
	 */
	ExitCode run() {
		return run(ImportLauncher::run);
	}

	/**
	 * Runs executions of the import.
	 * @param launch starts them
	 */
	ExitCode run(Function<ImportLauncher, List<JobExecution>> launch) {
		requireLogs(logs());
		requireMetricsFile();
		fitIntoMemory();
		try {
			ExitCode code = report(this.job.run(() -> launch.apply(this.context.getBean(ImportLauncher.class))));
			passOnMeters(code);
			return code;
		}
		catch (RuntimeException ex) {
			passOnMeters(Failures.exitCode(ex));
			throw ex;
		}
	}

	// Who finds that another process is importing has nothing to say about that import.
	private void passOnMeters(ExitCode code) {
		if (code != ExitCode.HELD) {
			this.context.getBean(ImportMeters.class)
				.end(code.value(), code == ExitCode.COMPLETED || code == ExitCode.SKIPPED);
		}
	}

	private Path logs() {
		return this.context.getBean(JobProperties.class).source().logs().toAbsolutePath().normalize();
	}

	private static void requireLogs(Path logs) {
		if (!Files.isDirectory(logs)) {
			throw new UsageException("The logs directory " + logs + " does not exist or is not a directory."
					+ " Name the directory that holds one directory a project, with --logs or LOGS_DIR.");
		}
	}

	private void requireMetricsFile() {
		Path file = this.context.getBean(JobProperties.class).metrics().file();
		if (file != null) {
			Path directory = file.toAbsolutePath().getParent();
			if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
				throw new UsageException("The metrics file " + file + " cannot be written: " + directory
						+ " is no directory, or may not be written. Name another file with --metrics-file"
						+ " or REFLECT_METRICS_FILE.");
			}
		}
	}

	private void fitIntoMemory() {
		MemoryPlan plan = this.context.getBean(MemoryPlan.class);
		plan.requireEnough();
		this.notices.say(plan.describe());
	}

	private ExitCode report(List<JobExecution> executions) {
		JobHistory history = this.context.getBean(JobHistory.class);
		List<ExecutionSummary> summaries = executions.stream().map(history::summary).toList();
		long known = this.context.getBean(FileLedger.class).countIn(logs().toString());
		ImportReport report = new ImportReport(this.console, known, Console.memory(ProcessMemory.peak()),
				this.context.getBean(EmbeddingModel.class).name());
		if (this.json) {
			this.console.json(summaries);
		}
		else {
			summaries.forEach(report::print);
		}
		this.end.execution(summaries.getLast().id(), report.line(summaries.getLast()));
		return end(executions.getLast(), summaries);
	}

	private ExitCode end(JobExecution last, List<ExecutionSummary> summaries) {
		ExitCode code = this.job.end(last);
		if (code != ExitCode.COMPLETED) {
			return code;
		}
		boolean quarantined = warnOfQuarantine();
		boolean skipped = quarantined || summaries.stream().anyMatch(ImportRun::hasSkipped);
		return (this.strict && skipped) ? ExitCode.SKIPPED : ExitCode.COMPLETED;
	}

	private static boolean hasSkipped(ExecutionSummary summary) {
		return summary.problems() > 0 || summary.unreadableFiles() > 0 || summary.filesFinished() < summary.files();
	}

	private boolean warnOfQuarantine() {
		List<String> quarantined = this.context.getBean(FileDeaths.class).quarantined();
		quarantined.forEach((path) -> this.notices
			.complain(path + " is in quarantine, because the process died each time it was read;"
					+ " try it again with: reflect files --retry " + path));
		return !quarantined.isEmpty();
	}

}
