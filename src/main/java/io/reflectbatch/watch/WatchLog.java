package io.reflectbatch.watch;

/**
 * Where the watch says what happens.
 */
@FunctionalInterface
public interface WatchLog {

	/**
	 * How important it is.
	 */
	enum Level {

		/**
		 * Good to know.
		 */
		INFO,

		/**
		 * Something is wrong.
		 */
		WARN

	}

	/**
	 * Says something.
	 * @param level how important it is
	 * @param message a sentence
	 */
	void say(Level level, String message);

	default void info(String message) {
		say(Level.INFO, message);
	}

	default void warn(String message) {
		say(Level.WARN, message);
	}

}
