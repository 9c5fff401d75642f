package io.reflectbatch.cli;

import java.nio.file.Path;

/**
 * The database has closed itself, and what was running does not end of it.
 */
final class DatabaseLostException extends Exception {

	private static final long serialVersionUID = 1L;

	DatabaseLostException(Path home) {
		super("""
				The database in %s could not be written and is closed, mostly because of "No space left on device"; \
				%d MB are free there now. Make room in the data directory, or choose another one with REFLECT_HOME, \
				and run the same command again: it goes on where it stopped""".formatted(home,
				home.toFile().getUsableSpace() >> 20));
	}

}
