package io.reflectbatch.importing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.reflectbatch.ledger.LeaseLostException;
import io.reflectbatch.ledger.StateFileBridge;
import io.reflectbatch.ledger.StateFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

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

	private final RunningLease lease;

	private final ReentrantLock lock = new ReentrantLock();

	private long next = System.nanoTime();

	StateFileExporter(StateFileBridge bridge, Path target, RunningLease lease) {
		this.bridge = bridge;
		this.target = target;
		this.lease = lease;
	}

	/**
	 * Writes the state file if it is time to and nobody does so at this moment. A failure
	 * is only logged: the end of the import writes it again.
	 */
	void exportIfDue() {
		if (!this.lock.tryLock()) {
			return;
		}
		try {
			long start = System.nanoTime();
			if (start - this.next >= 0) {
				exportOrWarn();
				long end = System.nanoTime();
				this.next = end + Math.max(PAUSE, (end - start) * PAUSE_FACTOR);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Writes the state file when an import has failed. That this fails as well is only
	 * logged.
	 */
	void exportOrWarn() {
		try {
			export();
		}
		catch (StateFileException | LeaseLostException ex) {
			logger.warn(ex.getMessage());
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The state file {} was not written, the next import does it: {}", this.target,
					ex.getMostSpecificCause().getMessage());
		}
	}

	/**
	 * Writes the state file.
	 * @throws StateFileException if that is not possible
	 * @throws LeaseLostException if another process has taken over: it writes the file
	 */
	void export() {
		this.lock.lock();
		try {
			this.lease.require();
			this.bridge.export(this.target);
		}
		finally {
			this.lock.unlock();
		}
	}

}
