package io.reflectbatch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.reflectbatch.importing.JobName;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.operations.ExecutionDetails;
import io.reflectbatch.operations.ExecutionSummary;

/**
 * Executions as tables.
 */
final class ExecutionReport {

	private static final List<String> HEADER = List.of("ID", "STATUS", "STARTED", "DURATION", "FILES", "CHUNKS",
			"UNREADABLE");

	private final Console console;

	ExecutionReport(Console console) {
		this.console = console;
	}

	void print(List<ExecutionSummary> executions) {
		this.console.table(HEADER, executions.stream().map(ExecutionReport::row).toList(),
				executions.stream().map(ExecutionReport::note).toList());
	}

	private static List<String> row(ExecutionSummary execution) {
		return List.of(Long.toString(execution.id()), execution.status(), Console.time(execution.start()),
				Console.duration(execution.duration()),
				Console.number(execution.filesFinished()) + "/" + Console.number(execution.files()),
				Console.number(execution.chunks()), Console.number(execution.problems()));
	}

	// Below the row: it is as long as it has to be, and a row fits into 80 columns.
	private static String note(ExecutionSummary execution) {
		List<String> notes = new ArrayList<>();
		if (!execution.job().equals(JobName.IMPORT.jobName())) {
			notes.add(execution.job());
		}
		if (execution.restartOf() != null) {
			notes.add("restart of " + execution.restartOf());
		}
		if (execution.reason() != null) {
			notes.add(execution.reason().lines().map(String::strip).collect(Collectors.joining(" ")));
		}
		if (!execution.quarantined().isEmpty()) {
			notes.add("in quarantine: " + String.join(", ", execution.quarantined()));
		}
		return String.join("; ", notes);
	}

	void print(ExecutionDetails details) {
		print(List.of(details.summary()));
		this.console.line("");
		details.parameters().forEach((name, value) -> this.console.line("%s: %s", name, value));
		printCoverage(details.summary());
		if (details.summary().cachedChunks() != null) {
			this.console.line("chunks with a vector from the cache: %s",
					Console.number(details.summary().cachedChunks()));
		}
		printLeftOut(details.summary());
		if (details.failure() != null) {
			print(details.failure());
		}
		this.console.line("");
		this.console.table(List.of("STEP", "STATUS", "DURATION", "COMMITS", "ROLLBACKS"),
				details.steps().stream().map(ExecutionReport::row).toList());
		if (!details.memory().isEmpty()) {
			this.console.line("%nMemory: %s", new MemoryChart(details.memory()));
		}
		if (!details.files().isEmpty()) {
			this.console.line("");
			this.console.table(
					List.of("FILE", "CHANGE", "STATE", "CHUNKS", "TOKENS", "COVERAGE", "UNREADABLE", "FINISHED"),
					details.files().stream().map(ExecutionReport::row).toList());
		}
		if (!details.problems().isEmpty()) {
			this.console.line("%nLines that could not be read:");
			details.problems().forEach(this::print);
		}
		new DeathReport(this.console).print(details.deaths());
	}

	private void printCoverage(ExecutionSummary summary) {
		if (summary.coverage() != null && summary.messageTokens() != null) {
			this.console.line("coverage: %s (%s of %s tokens of the messages are embedded)",
					Console.percent(summary.coverage()), Console.number(summary.tokens()),
					Console.number(summary.messageTokens()));
		}
	}

	private void printLeftOut(ExecutionSummary summary) {
		if (summary.unreadableFiles() > 0) {
			this.console.line("files and directories that could not be read: %s",
					Console.number(summary.unreadableFiles()));
		}
		if (summary.ignored() > 0) {
			this.console.line("ignored files: %s", Console.number(summary.ignored()));
		}
		if (!summary.unknownScripts().isEmpty()) {
			this.console.line("files in languages that the model does not know: %s",
					LanguageNotice.languages(summary.unknownScripts()));
		}
		if (!summary.redacted().isEmpty()) {
			this.console.line("redacted secrets: %s",
					summary.redacted()
						.entrySet()
						.stream()
						.map((rule) -> Console.number(rule.getValue()) + " " + rule.getKey())
						.collect(Collectors.joining(", ")));
		}
	}

	private void print(ExecutionDetails.Failure failure) {
		this.console.line("%nFailed in step %s:", failure.step());
		failure.trace().forEach((line) -> this.console.line("%s", line));
	}

	private static List<String> row(ExecutionDetails.Step step) {
		return List.of(step.name(), step.status(), Console.duration(step.duration()), Console.number(step.commits()),
				Console.number(step.rollbacks()));
	}

	private static List<String> row(PlannedFileProgress file) {
		return List.of(file.path(), file.change().name(), file.state().name(), Console.number(file.chunks()),
				Console.number(file.tokens()), Console.coverage(file.coverage(), file.chunks()),
				Console.number(file.problems()), Console.time(file.finishedAt()));
	}

	private void print(LineProblem problem) {
		this.console.line("%s line %d (byte %d): %s", problem.path(), problem.line(), problem.offset(),
				problem.reason());
	}

}
