package io.reflectbatch.cli;

import java.nio.file.Path;

import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.importing.StateFileLauncher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Takes over what the Python importer has imported.
 */
@Command(name = "adopt-state",
		description = "Take over what the Python importer has imported, from its imported-files.json.")
final class AdoptStateCommand extends SpringCommand {

	@Parameters(paramLabel = "FILE",
			description = "The state file of the Python importer; compressed if its name ends with .gz.")
	private Path file = Path.of("");

	@Mixin
	private LogsOptions logs = new LogsOptions();

	AdoptStateCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.logs.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		String prefix = context.getBean(JobProperties.class).stateFile().prefix();
		return new StateFileRun(context.getBean(StateFileLauncher.class), console(), json()).adopt(this.file, prefix);
	}

}
