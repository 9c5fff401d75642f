package io.reflectbatch.ledger;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the state file of the Python importer is and how it names the logs.
 *
 * @param path the state file; by default {@code imported-files.json} in the data
 * directory
 * @param prefix the directory in which the Python importer sees the logs; it replaces the
 * logs directory of this machine in the file
 */
public record StateFileProperties(@Nullable Path path, @DefaultValue("/logs") String prefix) {

	public StateFileProperties {
		prefix = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
	}

	/**
	 * Returns the state file.
	 * @param home the data directory
	 */
	public Path pathIn(Path home) {
		return (this.path != null) ? this.path : home.resolve("imported-files.json");
	}

}
