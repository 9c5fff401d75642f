package io.reflectbatch.cli;

import java.util.List;
import java.util.function.Function;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.importing.MemoryPlan;
import io.reflectbatch.importing.ProcessMemory;
import io.reflectbatch.importing.ReembedLauncher;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.context.ApplicationContext;

/**
 * Moves what was imported to another model, and says what happened.
 */
final class ReembedRun {

	private final ApplicationContext context;

	private final SpringCommand command;

	private final WatchedJob job;

	/**
	 * Creates a run.
	 * @param context Spring
	 * @param command which command it is
	 */
	ReembedRun(ApplicationContext context, SpringCommand command) {
		this.context = context;
		this.command = command;
		this.job = new WatchedJob(context, command);
	}

	/**
	 * Moves everything.
	 */
	ExitCode run() {
		return run(ReembedLauncher::run);
	}

	/**
	 * Runs executions of the move.
	 * @param launch starts them
	 */
	ExitCode run(Function<ReembedLauncher, List<JobExecution>> launch) {
		MemoryPlan plan = this.context.getBean(MemoryPlan.class);
		plan.requireEnough();
		this.command.notices().say(plan.describe());
		List<JobExecution> executions = this.job.run(() -> launch.apply(this.context.getBean(ReembedLauncher.class)));
		report(executions);
		return this.job.end(executions.getLast());
	}

	private void report(List<JobExecution> executions) {
		JobHistory history = this.context.getBean(JobHistory.class);
		String model = this.context.getBean(EmbeddingModel.class).name();
		List<ExecutionSummary> summaries = executions.stream().map(history::summary).toList();
		if (this.command.json()) {
			this.command.console().json(summaries);
		}
		else {
			summaries.forEach((summary) -> this.command.console().line("%s", line(summary, model)));
		}
		this.command.end().execution(summaries.getLast().id(), line(summaries.getLast(), model));
	}

	/**
	 * Puts into a line what an execution has done.
	 * @param summary the execution
	 * @param model the model that points were moved to
	 */
	static String line(ExecutionSummary summary, String model) {
		boolean completed = summary.status().equals("COMPLETED");
		if (completed && summary.files() == 0) {
			return "Nothing to move: %s has embedded all that was imported (%s)".formatted(model,
					Console.duration(summary.duration()));
		}
		return "%s execution %d to %s: %s of %s, %s, %s%s, peak memory %s".formatted(
				completed ? "Moved in" : summary.status().equals("STOPPED") ? "Stopped" : "Failed", summary.id(), model,
				Console.number(summary.filesFinished()), Console.count(summary.files(), "file"),
				Console.count(summary.chunks(), "chunk"), Console.duration(summary.duration()),
				ImportReport.rate(summary), Console.memory(ProcessMemory.peak()));
	}

}
