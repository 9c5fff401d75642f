package io.reflectbatch.cli;

import picocli.CommandLine.Command;

import org.springframework.context.ApplicationContext;

/**
 * Imports what is new in the logs.
 */
@Command(name = "import", description = "Import what is new in the logs; first finish what an earlier import left.")
final class ImportCommand extends LaunchCommand {

	ImportCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		return new ImportRun(context, this, console(), json(), strict()).run();
	}

}
