package io.reflectbatch.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Keeps the file of H2 small while it is written to. H2 writes every commit as a chunk of
 * pages, and uses its space again once no page of it is live. It has a thread that moves
 * the last live pages of old chunks together, but not with a write delay of zero, with
 * which a commit is written at once: then 20,000 files make a file of 480 MB of which 35
 * MB are live. So a thread that has committed moves some, at most once a second. Does
 * nothing in a process that another one serves, and with PostgreSQL. Thread-safe.
 *
 * @see <a href="https://www.h2database.com/html/mvstore.html">H2: MVStore</a>
 */
@Component
class DatabaseCompaction implements TransactionExecutionListener {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseCompaction.class);

	/**
	 * Below it, the file is left to what H2 does when it closes it.
	 */
	private static final long TOLERATED_BYTES = 16L * 1024 * 1024;

	/**
	 * Percentage of the file that has to be live.
	 */
	private static final int FILL_RATE = 50;

	/**
	 * What is moved at a time, in bytes. Pages are objects meanwhile, so more of it takes
	 * more memory.
	 */
	private static final int MOVED_BYTES = 512 * 1024;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final long PAUSE_AFTER_FAILURE = Duration.ofHours(1).toNanos();

	private final DataSource dataSource;

	private final long pause;

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	@Autowired
	DatabaseCompaction(DataSource dataSource) {
		this(dataSource, PAUSE);
	}

	DatabaseCompaction(DataSource dataSource, Duration pause) {
		this.dataSource = dataSource;
		this.pause = pause.toNanos();
	}

	@Override
	public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
		long due = this.next.get();
		long now = System.nanoTime();
		// One thread at a time: each puts the retention time back that it has found.
		if (failure == null && now - due >= 0 && this.next.compareAndSet(due, now + PAUSE_AFTER_FAILURE)) {
			compactIfSparse();
		}
	}

	private void compactIfSparse() {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			if (connection.isWrapperFor(JdbcConnection.class)
					&& connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
				MVStore store = session.getDatabase().getStore().getMvStore();
				if (store.getFileStore() instanceof RandomAccessStore file) {
					compactIfSparse(store, file);
				}
			}
			this.next.set(System.nanoTime() + this.pause);
		}
		catch (SQLException | MVStoreException ex) {
			// What was committed is; if the file cannot be written, the next statement
			// says so.
			logger.warn("The database could not be compacted, and may grow: {}", ex.getMessage());
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

	// The live pages of a chunk are written behind the last one. Only when that is on the
	// disk, also after a power failure, may what they left behind be written over.
	private static void compactIfSparse(MVStore store, RandomAccessStore file) {
		if (file.size() < TOLERATED_BYTES || file.getChunksFillRate() >= FILL_RATE) {
			return;
		}
		int retention = store.getRetentionTime();
		store.setRetentionTime(0);
		try {
			store.compact(FILL_RATE, MOVED_BYTES);
			store.sync();
			// Moves nothing with these limits: it frees what nobody needs any more.
			file.compactMoveChunks(0, 0, store);
		}
		finally {
			store.setRetentionTime(retention);
		}
	}

}
