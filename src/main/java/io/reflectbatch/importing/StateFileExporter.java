package io.reflectbatch.importing;

import java.nio.file.Path;
import java.time.Duration;

import io.reflectbatch.ledger.StateFileBridge;
import io.reflectbatch.ledger.StateFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state file of the Python importer up to date while an import runs: after a
 * file, but at most once a second and never more than a fiftieth of the time, since it is
 * written as a whole. Thread-safe.
 */
final class StateFileExporter {

	private static final Logger logger = LoggerFactory.getLogger(StateFileExporter.class);

	private static final long PAUSE = Duration.ofSeconds(1).toNanos();

	private static final int PAUSE_FACTOR = 50;

	private final StateFileBridge bridge;

	private final Path target;

	private long next = System.nanoTime();

	StateFileExporter(StateFileBridge bridge, Path target) {
		this.bridge = bridge;
		this.target = target;
	}

	/**
	 * Writes the state file if it is time to. A failure is only logged: the end of the
	 * import writes it again.
	 */
	synchronized void exportIfDue() {
		long start = System.nanoTime();
		if (start - this.next < 0) {
			return;
		}
		try {
			export();
		}
		catch (StateFileException ex) {
			logger.warn(ex.getMessage());
		}
		long end = System.nanoTime();
		this.next = end + Math.max(PAUSE, (end - start) * PAUSE_FACTOR);
	}

	/**
	 * Writes the state file.
	 * @throws StateFileException if that is not possible
	 */
	synchronized void export() {
		this.bridge.export(this.target);
	}

}
