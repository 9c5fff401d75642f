package io.reflectbatch.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the logs are, and how the state file names them.
 */
final class LogsOptions {

	@Option(names = "--logs", paramLabel = "DIR",
			description = "The directory with one directory a project (LOGS_DIR; default: ~/.claude/projects).")
	private @Nullable Path logs;

	@Option(names = "--prefix", paramLabel = "DIR",
			description = "What the state file has in the place of the logs directory (default: /logs).")
	private @Nullable String prefix;

	Settings settings() {
		return new Settings().put("reflect.source.logs", this.logs, "--logs")
			.put("reflect.state-file.prefix", this.prefix, "--prefix");
	}

}
