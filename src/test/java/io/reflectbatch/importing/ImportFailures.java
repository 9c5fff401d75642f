package io.reflectbatch.importing;

import java.nio.file.Path;

/**
 * Failures of an import, for tests of what is made of them.
 */
public final class ImportFailures {

	private ImportFailures() {
	}

	public static LogsUnavailableException logsMissing() {
		return new LogsUnavailableException(Path.of("logs"), 9, 10);
	}

}
