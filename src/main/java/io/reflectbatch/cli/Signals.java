package io.reflectbatch.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handles SIGTERM and SIGINT while an import runs. A shutdown hook would run beside those
 * of the database and the framework, which take away what the last commit needs; a signal
 * handler lets the import end first, and then the process. A second signal ends the
 * process at once.
 */
@SuppressWarnings("sunapi") // the JDK's only way; in jdk.unsupported, and kept for that
							// reason (JEP 260)
final class Signals implements AutoCloseable {

	private final Map<Signal, SignalHandler> previous = new LinkedHashMap<>();

	private volatile boolean received;

	/**
	 * Calls an action at the first signal, until closed.
	 * @param action what to do; must not block
	 */
	void handleWith(Runnable action) {
		for (String name : new String[] { "TERM", "INT" }) {
			Signal signal = new Signal(name);
			this.previous.put(signal, Signal.handle(signal, (caught) -> handle(action)));
		}
	}

	private void handle(Runnable action) {
		if (this.received) {
			Runtime.getRuntime().halt(ExitCode.STOPPED.value());
		}
		this.received = true;
		action.run();
	}

	@Override
	public void close() {
		this.previous.forEach(Signal::handle);
	}

}
