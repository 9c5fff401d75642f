package io.reflectbatch.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.zaxxer.hikari.HikariDataSource;
import org.h2.engine.SessionLocal;
import org.h2.engine.SessionRemote;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link DatabaseOwnership}, with processes of their own that open the same
 * file.
 */
@Timeout(90)
class DatabaseOwnershipTests {

	private static final String JOB = "import";

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private String url = "";

	@BeforeEach
	void createDatabase() {
		this.url = "jdbc:h2:file:" + this.directory.resolve("reflect") + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
		try (HikariDataSource dataSource = TestDatabase.pool(this.url)) {
			TestDatabase.migrate(dataSource);
		}
	}

	@Test
	void withoutItAConnectionIsLostWhenTheProcessThatCameFirstEnds() throws Exception {
		try (DatabaseProcess reader = DatabaseProcess.looking(this.url);
				Connection connection = DriverManager.getConnection(this.url, "sa", "")) {
			assertThat(connection.unwrap(JdbcConnection.class).getSession()).isInstanceOf(SessionRemote.class);
			connection.setAutoCommit(false);
			connection.createStatement().execute("select count(*) from job_lease");
			reader.end();
			assertThatThrownBy(() -> connection.createStatement().execute("select count(*) from job_lease"))
				.isInstanceOf(SQLException.class);
		}
	}

	@Test
	void waitsUntilTheProcessThatCameFirstHasEnded() throws Exception {
		try (DatabaseProcess reader = DatabaseProcess.looking(this.url);
				HikariDataSource dataSource = TestDatabase.pool(this.url)) {
			assertThat(isOwned(dataSource)).isFalse();
			CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> ownership(dataSource, LONG).take(JOB));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> taken.get(500, TimeUnit.MILLISECONDS));
			reader.end();
			taken.get(30, TimeUnit.SECONDS);
			assertThat(isOwned(dataSource)).isTrue();
			assertThat(new Ledger(dataSource).lease.acquire(JOB)).isPositive();
		}
	}

	@Test
	void isNotDisturbedByAProcessThatLooksMeanwhile() throws Exception {
		try (HikariDataSource dataSource = TestDatabase.pool(this.url)) {
			ownership(dataSource, SHORT).take(JOB);
			JobLease lease = new Ledger(dataSource).lease;
			long number = lease.acquire(JOB);
			try (DatabaseProcess reader = DatabaseProcess.looking(this.url)) {
				lease.confirm(JOB, number);
				reader.end();
			}
			lease.confirm(JOB, number);
			assertThat(isOwned(dataSource)).isTrue();
		}
	}

	@Test
	void namesTheFileThatAnotherProcessKeeps() throws Exception {
		try (DatabaseProcess reader = DatabaseProcess.looking(this.url);
				HikariDataSource dataSource = TestDatabase.pool(this.url)) {
			assertThatExceptionOfType(DatabaseInUseException.class)
				.isThrownBy(() -> ownership(dataSource, SHORT).take(JOB))
				.withMessageContaining(this.directory.resolve("reflect").toString());
			reader.end();
		}
	}

	@Test
	void leavesTheAnswerToTheLeaseWhenTheOtherProcessImports() throws Exception {
		try (DatabaseProcess other = DatabaseProcess.importing(this.url);
				HikariDataSource dataSource = TestDatabase.pool(this.url)) {
			ownership(dataSource, LONG).take(JOB);
			assertThatExceptionOfType(LeaseHeldException.class)
				.isThrownBy(() -> new Ledger(dataSource).lease.acquire(JOB))
				.withMessageContaining("process " + other.pid());
			other.end();
		}
	}

	@Test
	void takesOverFromAnImportThatWasKilled() throws Exception {
		try (HikariDataSource dataSource = TestDatabase.pool(this.url)) {
			try (DatabaseProcess other = DatabaseProcess.importing(this.url)) {
				assertThat(isOwned(dataSource)).isFalse();
				assertThat(other.pid()).isPositive();
			}
			ownership(dataSource, LONG).take(JOB);
			assertThat(new Ledger(dataSource).lease.acquire(JOB)).isEqualTo(2);
		}
	}

	@Test
	void twoImportsThatStartTogetherCannotBothRun() throws Exception {
		try (DatabaseProcess one = DatabaseProcess.importing(this.url)) {
			assertThatThrownBy(() -> DatabaseProcess.importing(this.url).close()).hasMessageContaining("found null");
			one.end();
		}
	}

	@Test
	void hasNothingToDoOnPostgres() {
		HikariDataSource dataSource = TestDatabase.POSTGRESQL.migrated();
		ownership(dataSource, Duration.ZERO).take(JOB);
		assertThat(dataSource.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void aDatabaseInMemoryIsAlwaysOwned() {
		ownership(TestDatabase.H2.migrated(), Duration.ZERO).take(JOB);
		assertThat(Files.exists(this.directory.resolve("reflect.lock.db"))).isFalse();
	}

	private static DatabaseOwnership ownership(HikariDataSource dataSource, Duration patience) {
		return new DatabaseOwnership(dataSource, new Ledger(dataSource).lease, patience);
	}

	private static boolean isOwned(HikariDataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal;
		}
	}

}
