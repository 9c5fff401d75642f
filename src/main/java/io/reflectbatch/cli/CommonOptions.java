package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options that every command has.
 */
final class CommonOptions {

	@Option(names = "--home", paramLabel = "DIR",
			description = "The data directory (REFLECT_HOME; default: ~/.local/share/reflect-batch).")
	private @Nullable Path home;

	@Option(names = "--json", description = "Print one JSON document on standard output.")
	private boolean json;

	@Option(names = "--verbose", description = "Log what the framework does, with stack traces.")
	private boolean verbose;

	boolean json() {
		return this.json;
	}

	Map<String, Object> settings() {
		Map<String, Object> settings = new LinkedHashMap<>();
		put(settings, "reflect.home", this.home);
		if (this.verbose) {
			settings.put("logging.level.org.springframework.batch", "debug");
			settings.put("logging.level.io.reflectbatch", "debug");
		}
		return settings;
	}

	static void put(Map<String, Object> settings, String key, @Nullable Object value) {
		if (value != null) {
			settings.put(key, value.toString());
		}
	}

}
