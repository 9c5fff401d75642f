package io.reflectbatch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import org.springframework.context.ApplicationContext;

/**
 * Imports what is new in the logs.
 */
@Command(name = "import", description = "Import what is new in the logs; first finish what an earlier import left.")
final class ImportCommand extends SpringCommand {

	@Mixin
	private ImportOptions options = new ImportOptions();

	ImportCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.options.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		return new ImportRun(context, console(), err(), json(), this.options.strict()).run();
	}

}
