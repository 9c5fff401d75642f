package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.reflectbatch.ledger.LeaseLostException;
import io.reflectbatch.operations.Verification;
import org.h2.api.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a process writes whose lease another one has taken over, because it was suspended
 * for too long: nothing, whatever it was about to do.
 */
class FencingTests {

	private static final List<String> SETTINGS = List.of("reflect.chunking.strategy=messages",
			"reflect.chunking.messages=2", "reflect.run.commit-interval=2", "reflect.run.workers=1");

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write("-home-dev-app/one.jsonl", conversation("one", 0, 12));
		this.logs.write("-home-dev-app/two.jsonl", conversation("two", 0, 4));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4, 6, 10, 16, 22, 28, 31 })
	void nothingIsWrittenAfterTheLeaseIsLost(int transaction) throws Exception {
		try (TestApplication application = start()) {
			Zombie zombie = new Zombie(application, transaction);
			assertThatExceptionOfType(LeaseLostException.class).isThrownBy(application::run);
			assertThat(zombie.database()).isEqualTo(zombie.databaseThen).isNotEmpty();
			assertThat(application.store().changes()).isEqualTo(zombie.storeThen);
			assertThat(zombie.stateFile()).isEqualTo(zombie.stateFileThen);
			zombie.letItsSuccessorDie();
			application.run();
			assertThat(application.points()).isEqualTo(TestApplication.importInto(this.directory.resolve("undisturbed"),
					this.logs.root(), SETTINGS.toArray(String[]::new)));
		}
	}

	// An upsert may wait for the store for half a minute, and longer in a process that is
	// suspended meanwhile.
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void noTailIsDeletedAfterTheLeaseIsLostDuringAnUpsert(int upsert) {
		try (TestApplication application = start()) {
			AtomicInteger changes = new AtomicInteger();
			application.store().afterUpsert(upsert, () -> {
				Zombie.takeOver(application.bean(DataSource.class));
				changes.set(application.store().changes());
			});
			assertThatExceptionOfType(LeaseLostException.class).isThrownBy(application::run);
			assertThat(application.store().changes()).isEqualTo(changes.get()).isPositive();
		}
	}

	@Test
	void aHeartbeatInTheMiddleOfATransactionDoesNoHarm() throws Exception {
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.write("-home-dev-app/three.jsonl", conversation("three", 0, 4));
			Heartbeat.beatAtEveryInsertInto(application, "batch_job_instance", "batch_job_execution",
					"batch_step_execution");
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(Heartbeat.beats.get()).isGreaterThan(3);
		}
	}

	private TestApplication start() {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root(), SETTINGS.toArray(String[]::new));
	}

	/**
	 * A trigger of the database that confirms the lease on another connection, as the
	 * heartbeat may do at any time.
	 */
	public static final class Heartbeat implements Trigger {

		private static final AtomicInteger beats = new AtomicInteger();

		@SuppressWarnings("NullAway.Init")
		private static DataSource dataSource;

		static void beatAtEveryInsertInto(TestApplication application, String... tables) throws SQLException {
			beats.set(0);
			dataSource = application.bean(DataSource.class);
			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				for (String table : tables) {
					statement.execute("create trigger heartbeat_%1$s after insert on %1$s for each row call '%2$s'"
						.formatted(table, Heartbeat.class.getName()));
				}
			}
		}

		@Override
		public void fire(Connection triggering, Object[] before, Object[] after) throws SQLException {
			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				beats.addAndGet(
						statement.executeUpdate("update job_lease set heartbeat_at = current_timestamp where held"));
			}
		}

	}

	/**
	 * Loses its lease when it begins a transaction.
	 */
	private final class Zombie implements TransactionExecutionListener {

		private final DataSource dataSource;

		private final StoreProbe store;

		private final AtomicInteger transactions;

		private List<String> databaseThen = List.of();

		private int storeThen;

		private String stateFileThen = "";

		Zombie(TestApplication application, int transaction) {
			this.dataSource = application.bean(DataSource.class);
			this.store = application.store();
			this.transactions = new AtomicInteger(transaction);
			application.bean(ConfigurableTransactionManager.class).addListener(this);
		}

		@Override
		public void beforeBegin(TransactionExecution transaction) {
			if (!query("select 1 from job_lease where held").isEmpty() && this.transactions.decrementAndGet() == 0) {
				takeOver(this.dataSource);
				this.databaseThen = database();
				this.storeThen = this.store.changes();
				this.stateFileThen = stateFile();
			}
		}

		void letItsSuccessorDie() {
			update(this.dataSource, "update job_lease set held = false");
		}

		List<String> database() {
			List<String> rows = new ArrayList<>();
			for (String table : query(
					"select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
				query("select * from \"" + table + "\"").forEach((row) -> rows.add(table + " " + row));
			}
			return rows;
		}

		String stateFile() {
			Path file = FencingTests.this.directory.resolve("home/imported-files.json");
			try {
				return Files.exists(file) ? Files.readString(file) : "";
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private List<String> query(String sql) {
			try (Connection connection = this.dataSource.getConnection();
					Statement statement = connection.createStatement();
					ResultSet result = statement.executeQuery(sql)) {
				List<String> rows = new ArrayList<>();
				while (result.next()) {
					StringJoiner row = new StringJoiner(", ");
					for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
						row.add(result.getString(column));
					}
					rows.add(row.toString());
				}
				return rows;
			}
			catch (SQLException ex) {
				throw new IllegalStateException(sql, ex);
			}
		}

		static void takeOver(DataSource dataSource) {
			update(dataSource, "update job_lease set fencing_number = fencing_number + 1, host = 'elsewhere'");
		}

		private static void update(DataSource dataSource, String sql) {
			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				statement.executeUpdate(sql);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(sql, ex);
			}
		}

	}

}
