package io.reflectbatch.cli;

/**
 * For whom log messages are written, and everything else on standard error. One for the
 * process, because logging starts before Spring, and is started again by it.
 */
final class LogFormat {

	private static volatile boolean forPrograms;

	private LogFormat() {
	}

	/**
	 * Chooses a format for what is logged from now on.
	 * @param format {@code ecs}; anything else is text, also what the configuration will
	 * complain about
	 */
	static void use(String format) {
		forPrograms = format.strip().equalsIgnoreCase("ecs");
	}

	/**
	 * Whether programs read it: one JSON document a line.
	 */
	static boolean isForPrograms() {
		return forPrograms;
	}

}
