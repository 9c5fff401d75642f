package io.reflectbatch.importing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.reflectbatch.ledger.JobLease;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.ConfigurableTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A job that does not end although its database has closed itself.
 */
class DatabaseLossTests {

	@TempDir
	Path directory;

	@Test
	void isReportedWhenTheJobDoesNotEnd() {
		assertThat(isReported(Duration.ofMillis(200), Duration.ofSeconds(60))).isTrue();
	}

	@Test
	void isNotReportedWhileTheJobHasTimeToEnd() {
		assertThat(isReported(Duration.ofHours(1), Duration.ofSeconds(1))).isFalse();
	}

	private boolean isReported(Duration patience, Duration within) {
		CountDownLatch report = new CountDownLatch(1);
		try (TestApplication application = start()) {
			application.bean(DatabaseLoss.class).handleWith(report::countDown);
			// The lease cannot be given back.
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> lease(application, patience).hold(JobName.IMPORT, () -> {
					fillTheDisk(application);
					return isCountedDown(report, within);
				}));
		}
		return report.getCount() == 0;
	}

	private TestApplication start() {
		return TestApplication.start(this.directory.resolve("home"), this.directory);
	}

	private static RunningLease lease(TestApplication application, Duration patience) {
		return new RunningLease(application.bean(JobLease.class), application.provider(DeadExecution.class),
				application.bean(StopSignal.class), application.bean(LogContext.class),
				application.bean(DatabaseLoss.class), application.bean(ConfigurableTransactionManager.class),
				Duration.ofMillis(20), patience);
	}

	// What H2 does when it has failed to write.
	private static void fillTheDisk(TestApplication application) {
		try (Connection connection = application.bean(DataSource.class).getConnection()) {
			SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
			MVStore store = session.getDatabase().getStore().getMvStore();
			MVStoreException full = new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "No space left on device");
			assertThatExceptionOfType(MVStoreException.class).isThrownBy(() -> store.panic(full));
			store.closeImmediately();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isCountedDown(CountDownLatch latch, Duration patience) {
		try {
			return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
