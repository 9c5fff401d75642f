package io.reflectbatch.importing;

import java.nio.file.Path;

/**
 * The logs, or most of them, are not where they should be. Nothing was changed.
 */
public final class LogsMissingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LogsMissingException(Path logs) {
		super("The logs directory " + logs + " does not exist or is not a directory."
				+ " Name the directory that holds one directory a project, with --logs or LOGS_DIR.");
	}

	LogsMissingException(Path logs, int gone, int before) {
		super("Of the " + before + " conversation logs that were in " + logs + " at the last import, " + gone
				+ " are gone. If a volume is not mounted, mount it and import again;"
				+ " if they were deleted on purpose, import with --allow-missing: what was imported is kept.");
	}

}
