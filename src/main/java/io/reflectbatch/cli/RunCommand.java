package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.List;

import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.importing.StateFileLauncher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.PropertySource;

/**
 * Launches the job that a job file describes.
 */
@Command(name = "run", description = "Launch the job that a job file describes.")
final class RunCommand extends LaunchCommand {

	@Parameters(paramLabel = "FILE", description = "A job file, for example jobs/import-parity.yaml.")
	private Path file = Path.of("");

	RunCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	List<PropertySource<?>> jobFile() {
		return jobFile(this.file);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		JobProperties properties = context.getBean(JobProperties.class);
		return switch (properties.job()) {
			case IMPORT -> new ImportRun(context, this, console(), json(), strict()).run();
			case REEMBED -> new ReembedRun(context, this).run();
			case EXPORT_STATE -> stateFile(context).export(properties.stateFile().pathIn(properties.home()));
			case ADOPT_STATE -> stateFile(context).adopt(properties.stateFile().pathIn(properties.home()),
					properties.stateFile().prefix());
		};
	}

	private StateFileRun stateFile(ApplicationContext context) {
		return new StateFileRun(context.getBean(StateFileLauncher.class), console(), json());
	}

}
