package io.reflectbatch.importing;

import org.springframework.stereotype.Component;

/**
 * What is done when the database has closed itself and the running job does not end of
 * it, since its threads wait there for ever. Thread-safe.
 */
@Component
public class DatabaseLoss {

	private volatile Runnable action = () -> {
	};

	/**
	 * Says what to do.
	 * @param end ends the process, without waiting for any thread of it
	 */
	public void handleWith(Runnable end) {
		this.action = end;
	}

	/**
	 * Does it.
	 */
	public void report() {
		this.action.run();
	}

}
