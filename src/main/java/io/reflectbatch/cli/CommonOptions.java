package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options that every command has.
 */
final class CommonOptions {

	@Option(names = "--home", paramLabel = "DIR",
			description = "The data directory (REFLECT_HOME; default: ~/.local/share/reflect-batch).")
	private @Nullable Path home;

	@Option(names = "--job-file", paramLabel = "FILE",
			description = "The job file with the settings (REFLECT_JOB_FILE; default: jobs/import.yaml).")
	private @Nullable Path jobFile;

	@Option(names = "--json", description = "Print one JSON document on standard output.")
	private boolean json;

	@Option(names = "--verbose", description = "Log what the framework does, with stack traces.")
	private boolean verbose;

	Optional<Path> home() {
		return Optional.ofNullable(this.home);
	}

	@Nullable Path jobFile() {
		return this.jobFile;
	}

	boolean json() {
		return this.json;
	}

	boolean verbose() {
		return this.verbose;
	}

	Settings settings() {
		String level = this.verbose ? "debug" : null;
		return new Settings().put("reflect.home", this.home, "--home")
			.put("logging.level.org.springframework.batch", level, "--verbose")
			.put("logging.level.io.reflectbatch", level, "--verbose");
	}

}
