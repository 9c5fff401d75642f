package io.reflectbatch.cli;

import io.reflectbatch.importing.ImportLauncher;
import io.reflectbatch.importing.JobName;
import io.reflectbatch.operations.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Restarts an execution.
 */
@Command(name = "restart", description = "Restart an execution that failed or was stopped, and nothing else. "
		+ "'import' does the same by itself, and goes on with what is new.")
final class RestartCommand extends LaunchCommand {

	@Parameters(paramLabel = "ID", description = "The id of the execution, as 'history' prints it.")
	private long id;

	RestartCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		if (isReembedding(context)) {
			return new ReembedRun(context, this).run((launcher) -> launcher.restart(this.id));
		}
		return new ImportRun(context, this, console(), json(), strict())
			.run((ImportLauncher launcher) -> launcher.restart(this.id));
	}

	private boolean isReembedding(ApplicationContext context) {
		return context.getBean(JobHistory.class)
			.find(this.id)
			.filter((details) -> details.summary().job().equals(JobName.REEMBED.jobName()))
			.isPresent();
	}

}
