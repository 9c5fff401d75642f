package io.reflectbatch.cli;

import java.nio.file.Path;

import io.reflectbatch.importing.StateFileLauncher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Writes the state file of the Python importer.
 */
@Command(name = "export-state", description = "Write the state file of the Python importer (imported-files.json).")
final class ExportStateCommand extends SpringCommand {

	@Parameters(paramLabel = "FILE", description = "The file to write; compressed if its name ends with .gz.")
	private Path file = Path.of("");

	@Mixin
	private LogsOptions logs = new LogsOptions();

	ExportStateCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.logs.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		return new StateFileRun(context.getBean(StateFileLauncher.class), console(), json()).export(this.file);
	}

}
