package io.reflectbatch.cli;

import java.util.List;

import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.operations.ExecutionDetails;
import io.reflectbatch.operations.ExecutionSummary;

/**
 * Executions as tables.
 */
final class ExecutionReport {

	private static final List<String> HEADER = List.of("ID", "JOB", "STATUS", "STARTED", "DURATION", "FILES", "CHUNKS",
			"UNREADABLE", "NOTE");

	private final Console console;

	ExecutionReport(Console console) {
		this.console = console;
	}

	void print(List<ExecutionSummary> executions) {
		this.console.table(HEADER, executions.stream().map(ExecutionReport::row).toList());
	}

	private static List<String> row(ExecutionSummary execution) {
		return List.of(Long.toString(execution.id()), execution.job(), execution.status(),
				Console.time(execution.start()), Console.duration(execution.duration()),
				execution.filesFinished() + "/" + execution.files(), Console.number(execution.chunks()),
				Console.number(execution.problems()), note(execution));
	}

	private static String note(ExecutionSummary execution) {
		String restart = (execution.restartOf() != null) ? "restart of " + execution.restartOf() : "";
		String reason = (execution.reason() != null) ? execution.reason().lines().findFirst().orElse("") : "";
		return (restart.isEmpty() || reason.isEmpty()) ? restart + reason : restart + ": " + reason;
	}

	void print(ExecutionDetails details) {
		print(List.of(details.summary()));
		this.console.line("");
		details.parameters().forEach((name, value) -> this.console.line("%s: %s", name, value));
		this.console.line("");
		this.console.table(List.of("STEP", "STATUS", "COMMITS", "ROLLBACKS"),
				details.steps().stream().map(ExecutionReport::row).toList());
		if (!details.memory().isEmpty()) {
			this.console.line("%nMemory: %s", new MemoryChart(details.memory()));
		}
		if (!details.files().isEmpty()) {
			this.console.line("");
			this.console.table(List.of("FILE", "CHANGE", "CHUNKS", "TOKENS", "UNREADABLE", "FINISHED"),
					details.files().stream().map(ExecutionReport::row).toList());
		}
		if (!details.problems().isEmpty()) {
			this.console.line("%nLines that could not be read:");
			details.problems().forEach(this::print);
		}
	}

	private static List<String> row(ExecutionDetails.Step step) {
		return List.of(step.name(), step.status(), Console.number(step.commits()), Console.number(step.rollbacks()));
	}

	private static List<String> row(PlannedFileProgress file) {
		return List.of(file.path(), file.change().name(), Console.number(file.chunks()), Console.number(file.tokens()),
				Console.number(file.problems()), Console.time(file.finishedAt()));
	}

	private void print(LineProblem problem) {
		this.console.line("%s line %d (byte %d): %s", problem.path(), problem.line(), problem.offset(),
				problem.reason());
	}

}
