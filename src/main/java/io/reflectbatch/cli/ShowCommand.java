package io.reflectbatch.cli;

import io.reflectbatch.operations.ExecutionDetails;
import io.reflectbatch.operations.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Shows one execution.
 */
@Command(name = "show", description = "Show one execution: parameters, steps, files, lines that could not be read.")
final class ShowCommand extends LedgerCommand {

	@Parameters(paramLabel = "ID", description = "The id of the execution, as 'history' prints it.")
	private long id;

	ShowCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		ExecutionDetails details = context.getBean(JobHistory.class)
			.find(this.id)
			.orElseThrow(() -> new UsageException("There is no execution " + this.id + ". See: reflect history"));
		if (json()) {
			console().json(details);
		}
		else {
			new ExecutionReport(console()).print(details);
		}
		return ExitCode.COMPLETED;
	}

}
