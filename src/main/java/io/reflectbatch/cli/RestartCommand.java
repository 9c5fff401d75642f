package io.reflectbatch.cli;

import io.reflectbatch.importing.ImportLauncher;
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
		return new ImportRun(context, this, console(), json(), strict())
			.run((ImportLauncher launcher) -> launcher.restart(this.id));
	}

}
