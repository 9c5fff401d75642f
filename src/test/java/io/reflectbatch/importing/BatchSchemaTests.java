package io.reflectbatch.importing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reflectbatch.ledger.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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

	private static void execute(HikariDataSource dataSource, List<String> statements) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
