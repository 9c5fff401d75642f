package io.reflectbatch.cli;

import java.util.List;

import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Lists executions.
 */
@Command(name = "history", description = "List the last executions, newest first; also while an import runs.")
final class HistoryCommand extends LedgerCommand {

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many (default: 20).")
	private int limit;

	HistoryCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		if (this.limit < 1) {
			throw new UsageException("--limit is '" + this.limit + "'; expected 1 or more");
		}
		List<ExecutionSummary> executions = context.getBean(JobHistory.class).last(this.limit);
		if (json()) {
			console().json(executions);
		}
		else if (executions.isEmpty()) {
			console().line("Nothing has run yet. Start with: reflect import");
		}
		else {
			new ExecutionReport(console()).print(executions);
			new DeathReport(console()).print(context.getBean(FileDeaths.class).all());
		}
		return ExitCode.COMPLETED;
	}

}
