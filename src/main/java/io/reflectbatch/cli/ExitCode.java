package io.reflectbatch.cli;

/**
 * What the exit code of the process says to scripts and to Kubernetes.
 */
enum ExitCode {

	/**
	 * Completed; there may have been nothing to do.
	 */
	COMPLETED(0),

	/**
	 * Failed; running it again goes on where it stopped.
	 */
	FAILED(1),

	/**
	 * The command line or the configuration is wrong; running it again does not help.
	 */
	USAGE(2),

	/**
	 * Another process is importing; later it may work.
	 */
	HELD(3),

	/**
	 * Qdrant or the database cannot be reached; later it may work.
	 */
	UNAVAILABLE(4),

	/**
	 * Completed, but lines or files could not be read, and {@code --strict} was given.
	 */
	SKIPPED(5),

	/**
	 * Stopped by SIGTERM or SIGINT; running it again goes on where it stopped.
	 */
	STOPPED(143);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	int value() {
		return this.value;
	}

}
