package io.reflectbatch.cli;

import java.util.List;

import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Lists executions.
 */
@Command(name = "history", description = "List the last executions, newest first; also while an import runs.")
final class HistoryCommand extends SpringCommand {

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many (default: 20).")
	private int limit;

	HistoryCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		List<ExecutionSummary> executions = context.getBean(JobHistory.class).last(this.limit);
		if (json()) {
			console().json(executions);
		}
		else if (executions.isEmpty()) {
			console().line("Nothing has run yet. Start with: reflect import");
		}
		else {
			console().table(List.of("ID", "JOB", "STATUS", "STARTED", "DURATION", "FILES", "CHUNKS", "SKIPPED", "NOTE"),
					executions.stream().map(HistoryCommand::row).toList());
		}
		return ExitCode.COMPLETED;
	}

	static List<String> row(ExecutionSummary execution) {
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

}
