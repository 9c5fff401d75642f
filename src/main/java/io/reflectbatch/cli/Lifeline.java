package io.reflectbatch.cli;

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Lets this process end when the one that started it is gone, or asks for it. Standard
 * input is a pipe then to which nobody writes: the system closes it when the other
 * process ends, however that ends, also by {@code kill -9}.
 */
final class Lifeline {

	/**
	 * The system property that says so.
	 */
	static final String WATCHED = "reflect.watched";

	/**
	 * How long an import may take to its next commit.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static @Nullable Runnable action;

	private static boolean cut;

	private Lifeline() {
	}

	/**
	 * Holds on to standard input, if this process was started by a watch.
	 */
	static void holdIfWatched() {
		if (Boolean.getBoolean(WATCHED)) {
			Thread.ofPlatform().daemon().name("lifeline").start(Lifeline::hold);
		}
	}

	private static void hold() {
		try {
			while (System.in.read() >= 0) {
				Thread.onSpinWait(); // whatever is said, only the end counts
			}
		}
		catch (IOException ex) {
			// A pipe that cannot be read has no other end any more.
		}
		end();
	}

	private static void end() {
		cut();
		try {
			Thread.sleep(PATIENCE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(ExitCode.STOPPED.value());
	}

	private static synchronized void cut() {
		cut = true;
		if (action != null) {
			action.run();
		}
	}

	/**
	 * Does something when the other process is gone, or now if it is.
	 * @param stop what to do; must not block
	 */
	static synchronized void whenCut(Runnable stop) {
		action = stop;
		if (cut) {
			stop.run();
		}
	}

}
