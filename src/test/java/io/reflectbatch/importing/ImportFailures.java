package io.reflectbatch.importing;

import java.nio.file.Path;

/**
 * Failures of an import, for tests of what is made of them.
 */
public final class ImportFailures {

	private ImportFailures() {
	}

	public static LogsMissingException logsMissing() {
		return new LogsMissingException(Path.of("logs"), 9, 10);
	}

}
