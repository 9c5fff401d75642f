package io.reflectbatch.watch;

import java.util.Locale;

/**
 * How a cycle ended.
 */
enum CycleResult {

	/**
	 * The logs look as they did at the last import, and none was started.
	 */
	UNCHANGED("nothing has changed"),

	/**
	 * The import completed; there may have been nothing to do.
	 */
	COMPLETED("completed"),

	/**
	 * The import completed, but lines or files could not be read, and {@code --strict}
	 * was given.
	 */
	SKIPPED("completed, but lines could not be read"),

	/**
	 * Another process is importing.
	 */
	HELD("another process is importing"),

	/**
	 * Somebody has stopped the import.
	 */
	STOPPED("it was stopped"),

	/**
	 * The configuration is wrong; another cycle would not help.
	 */
	MISCONFIGURED("the command line or the configuration is wrong"),

	/**
	 * Qdrant or the database cannot be reached.
	 */
	UNAVAILABLE("Qdrant or the database cannot be reached"),

	/**
	 * The process was killed, as the system does when memory runs out.
	 */
	KILLED("it was killed, as the system does when memory runs out"),

	/**
	 * The process did nothing any more, and was ended for that.
	 */
	HUNG("it did nothing any more and was ended"),

	/**
	 * The import failed.
	 */
	FAILED("it failed");

	/**
	 * What a process ends with that is killed.
	 */
	static final int KILLED_EXIT_CODE = 137;

	private final String meaning;

	CycleResult(String meaning) {
		this.meaning = meaning;
	}

	/**
	 * Returns what an exit code of the import says.
	 * @param exitCode the exit code
	 */
	static CycleResult of(int exitCode) {
		return switch (exitCode) {
			case 0 -> COMPLETED;
			case 2 -> MISCONFIGURED;
			case 3 -> HELD;
			case 4 -> UNAVAILABLE;
			case 5 -> SKIPPED;
			case 130, 143 -> STOPPED;
			case KILLED_EXIT_CODE -> KILLED;
			default -> FAILED;
		};
	}

	/**
	 * Whether all that there was has been imported.
	 */
	boolean isSuccess() {
		return this == COMPLETED || this == SKIPPED;
	}

	/**
	 * Whether something is wrong that the next cycle may overcome.
	 */
	boolean isFailure() {
		return this == UNAVAILABLE || this == KILLED || this == HUNG || this == FAILED;
	}

	String meaning() {
		return this.meaning;
	}

	/**
	 * Returns the name that metrics have.
	 */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
