package io.reflectbatch.importing;

import java.nio.file.Path;

/**
 * The logs, or most of them, are not where they should be, or none of them can be read.
 * Nothing was changed.
 */
public final class LogsUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LogsUnavailableException(Path logs) {
		super("The logs directory " + logs + " does not exist or is not a directory."
				+ " Name the directory that holds one directory a project, with --logs or LOGS_DIR.");
	}

	LogsUnavailableException(Path logs, int unreadable) {
		super("Nothing in " + logs + " can be read; what was left out and why, " + unreadable
				+ ((unreadable == 1) ? " file or directory" : " files and directories")
				+ ", is in the warnings. Let the import run as the user who owns the logs"
				+ " (REFLECT_UID with Compose, runAsUser in Kubernetes), or let this one read them.");
	}

	LogsUnavailableException(Path logs, int gone, int before) {
		super("Of the " + before + " conversation logs that were in " + logs + " at the last import, " + gone
				+ " are gone. If a volume is not mounted, mount it and import again;"
				+ " if they were deleted on purpose, import with --allow-missing: what was imported is kept.");
	}

}
