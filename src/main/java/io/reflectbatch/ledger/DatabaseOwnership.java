package io.reflectbatch.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.h2.engine.SessionRemote;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Makes this process the one that has opened the H2 database file.
 * <p>
 * With {@code AUTO_SERVER} the first process that opens the file serves it to the others,
 * and when it ends they lose their connections. A short {@code history} that came first
 * must not take an import with it, so the import waits until it has the file itself.
 * PostgreSQL has a server of its own: nothing to do.
 */
@Component
public class DatabaseOwnership {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseOwnership.class);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final DataSource dataSource;

	private final JobLease lease;

	private final Duration patience;

	@Autowired
	DatabaseOwnership(DataSource dataSource, JobLease lease) {
		this(dataSource, lease, PATIENCE);
	}

	DatabaseOwnership(DataSource dataSource, JobLease lease, Duration patience) {
		this.dataSource = dataSource;
		this.lease = lease;
		this.patience = patience;
	}

	/**
	 * Takes the database file, once the process that has it lets go. Returns at once when
	 * that process runs the job: then the lease has the answer.
	 * @param jobName the job that is to run
	 * @throws DatabaseInUseException if another process keeps the file
	 */
	public void take(String jobName) {
		long start = System.nanoTime();
		Attempt attempt = attempt(jobName);
		while (!attempt.settled()) {
			if (System.nanoTime() - start > this.patience.toNanos()) {
				throw new DatabaseInUseException(attempt.database(), this.patience, attempt.failure());
			}
			logger.debug("The database is served by another process; waiting for its end");
			pause(attempt);
			attempt = attempt(jobName);
		}
	}

	// The process that serves us may end at any moment, and our connection with it.
	private Attempt attempt(String jobName) {
		try (Connection connection = this.dataSource.getConnection()) {
			String database = connection.getMetaData().getURL();
			boolean settled = !isServedByAnother(connection) || this.lease.isHeld(jobName);
			if (!settled) {
				closeConnections();
			}
			return new Attempt(settled, database, null);
		}
		catch (SQLException | DataAccessException ex) {
			return new Attempt(false, "that spring.datasource.url names", ex);
		}
	}

	private static boolean isServedByAnother(Connection connection) throws SQLException {
		return connection.isWrapperFor(JdbcConnection.class)
				&& connection.unwrap(JdbcConnection.class).getSession() instanceof SessionRemote;
	}

	private void closeConnections() throws SQLException {
		if (this.dataSource.isWrapperFor(HikariDataSource.class)) {
			HikariPoolMXBean pool = this.dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
			pool.softEvictConnections();
		}
	}

	private void pause(Attempt attempt) {
		try {
			Thread.sleep(PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DatabaseInUseException(attempt.database(), this.patience, ex);
		}
	}

	private record Attempt(boolean settled, String database, @Nullable Throwable failure) {

	}

}
