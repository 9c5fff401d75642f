package io.reflectbatch.cli;

/**
 * The terminal that standard error goes to, if any. Java cannot find out: the launcher
 * says so.
 */
final class Terminal {

	/**
	 * Goes to the start of the row and clears it.
	 */
	static final String CLEAR_ROW = "\r\u001b[K";

	private static final int DEFAULT_WIDTH = 80;

	private Terminal() {
	}

	static boolean isPresent() {
		return Boolean.getBoolean("reflect.terminal") && !LogFormat.isForPrograms();
	}

	/**
	 * Whether standard output goes to one, too.
	 */
	static boolean isOutputPresent() {
		return Boolean.getBoolean("reflect.terminal.output");
	}

	/**
	 * Whether a person can answer on standard input.
	 */
	static boolean isInputPresent() {
		return Boolean.getBoolean("reflect.terminal.input");
	}

	static int width() {
		int width = Integer.getInteger("reflect.terminal.width", DEFAULT_WIDTH);
		return (width > 0) ? width : DEFAULT_WIDTH;
	}

	/**
	 * What a log message begins with, to take the place of the progress line instead of
	 * hanging on to it.
	 */
	static String logPrefix() {
		return isPresent() ? CLEAR_ROW : "";
	}

}
