package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reflectbatch.ledger.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link BatchSchema}.
 */
@ParameterizedClass
@EnumSource
class BatchSchemaTests {

	private final TestDatabase database;

	BatchSchemaTests(TestDatabase database) {
		this.database = database;
	}

	@Test
	void createsTheTablesOnceAndKeepsWhatIsInThem() throws SQLException {
		try (HikariDataSource dataSource = TestDatabase.pool(this.database.newUrl())) {
			assertThat(new BatchSchema(dataSource, new BatchJdbcProperties()).initializeDatabase()).isTrue();
			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				assertThat(statement.executeUpdate("insert into BATCH_JOB_INSTANCE values (1, 0, 'import', 'key')"))
					.isEqualTo(1);
				assertThat(new BatchSchema(dataSource, new BatchJdbcProperties()).initializeDatabase()).isFalse();
				assertThat(statement.executeUpdate("delete from BATCH_JOB_INSTANCE")).isEqualTo(1);
			}
		}
	}

	@Test
	void createsTheRestWhenAProcessWasKilledAfterAnyStatement() throws SQLException {
		List<String> statements = this.database.batchSchema();
		for (int executed = 1; executed < statements.size(); executed++) {
			try (HikariDataSource dataSource = TestDatabase.pool(this.database.newUrl())) {
				execute(dataSource, statements.subList(0, executed));
				assertThat(new BatchSchema(dataSource, new BatchJdbcProperties()).initializeDatabase()).isTrue();
				assertThatCode(() -> execute(dataSource, List.of("select * from BATCH_JOB_EXECUTION_CONTEXT",
						"select * from BATCH_STEP_EXECUTION_CONTEXT", "select nextval('BATCH_STEP_EXECUTION_SEQ')",
						"select nextval('BATCH_JOB_EXECUTION_SEQ')", "select nextval('BATCH_JOB_INSTANCE_SEQ')")))
					.doesNotThrowAnyException();
			}
		}
	}

	// What a killed process leaves is what its files hold while it runs.
	@Test
	void executionsAreNumberedWithoutGapsAfterAKill(@TempDir Path directory) throws IOException {
		assumeThat(this.database).as("PostgreSQL is no part of the process").isEqualTo(TestDatabase.H2);
		for (long run = 1; run <= 3; run++) {
			Path file = directory.resolve("run" + run);
			try (HikariDataSource dataSource = TestDatabase.pool("jdbc:h2:file:" + file + ";WRITE_DELAY=0")) {
				new BatchSchema(dataSource, new BatchJdbcProperties()).initializeDatabase();
				for (String table : List.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION")) {
					assertThat(next(dataSource, table)).as(table).isEqualTo(run);
				}
				Files.copy(directory.resolve("run" + run + ".mv.db"), directory.resolve("run" + (run + 1) + ".mv.db"));
			}
		}
	}

	private static @Nullable Long next(HikariDataSource dataSource, String table) {
		return new JdbcTemplate(dataSource).queryForObject("select nextval('BATCH_" + table + "_SEQ')", Long.class);
	}

	private static void execute(HikariDataSource dataSource, List<String> statements) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
