package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.Map;

import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.ledger.Adoption;
import io.reflectbatch.ledger.StateFileBridge;

import org.springframework.context.ApplicationContext;

/**
 * Exchanges state with the Python importer, and says what happened.
 */
final class StateFileRun {

	private final ApplicationContext context;

	private final Console console;

	private final boolean json;

	StateFileRun(ApplicationContext context, Console console, boolean json) {
		this.context = context;
		this.console = console;
		this.json = json;
	}

	ExitCode export(Path target) {
		int files = this.context.getBean(StateFileBridge.class).export(target);
		if (this.json) {
			this.console.json(Map.of("file", target.toString(), "files", files));
		}
		else {
			this.console.line("Wrote %s files to %s", Console.number(files), target);
		}
		return ExitCode.COMPLETED;
	}

	ExitCode adopt(Path source) {
		JobProperties properties = this.context.getBean(JobProperties.class);
		Adoption adoption = this.context.getBean(StateFileBridge.class)
			.adopt(source, properties.source().logs().toAbsolutePath().normalize());
		if (this.json) {
			this.console.json(adoption);
		}
		else {
			print(adoption, properties);
		}
		return ExitCode.COMPLETED;
	}

	private void print(Adoption adoption, JobProperties properties) {
		this.console.line(
				"Adopted %s files: %s have changed since and are imported next time, %s are not on this machine",
				Console.number(adoption.adopted()), Console.number(adoption.changed()),
				Console.number(adoption.missing()));
		if (adoption.known() > 0) {
			this.console.line("Left %s files as they are: imported by this application",
					Console.number(adoption.known()));
		}
		if (adoption.foreignCount() > 0) {
			this.console.line("Ignored %s entries that are not %s/PROJECT/FILE.jsonl, for example %s; see --prefix",
					Console.number(adoption.foreignCount()), properties.stateFile().prefix(),
					adoption.foreign().getFirst());
		}
	}

}
