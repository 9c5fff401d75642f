package io.reflectbatch.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.output.MigrateResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the migrations.
 */
@ParameterizedClass
@EnumSource
class LedgerSchemaTests {

	private final TestDatabase database;

	LedgerSchemaTests(TestDatabase database) {
		this.database = database;
	}

	@Test
	void migratesAnEmptyDatabaseOnce() {
		try (HikariDataSource dataSource = TestDatabase.pool(this.database.newUrl())) {
			Flyway flyway = Flyway.configure().dataSource(dataSource).load();
			MigrateResult first = flyway.migrate();
			assertThat(first.migrationsExecuted).isPositive();
			assertThat(flyway.migrate().migrationsExecuted).isZero();
			flyway.validate();
		}
	}

	@Test
	void asksFlywayOnlyWhereThereIsSomethingToMigrate() throws SQLException {
		try (HikariDataSource dataSource = TestDatabase.pool(this.database.newUrl());
				Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			AtomicInteger migrations = new AtomicInteger();
			Flyway flyway = Flyway.configure().dataSource(dataSource).callbacks(count(migrations)).load();
			LedgerSchema schema = new LedgerSchema(dataSource, () -> flyway);
			schema.afterPropertiesSet();
			assertThat(migrations).hasValue(1);
			assertThat(flyway.info().current().getVersion()).hasToString(LedgerSchema.NEWEST);
			assertThat(flyway.info().pending()).isEmpty();
			schema.afterPropertiesSet();
			assertThat(migrations).hasValue(1);
			statement
				.execute("delete from \"flyway_schema_history\" where \"version\" = '" + LedgerSchema.NEWEST + "'");
			schema.afterPropertiesSet();
			assertThat(migrations).hasValue(2);
			assertThat(flyway.info().pending()).isEmpty();
		}
	}

	private static Callback count(AtomicInteger migrations) {
		return new BaseCallback() {

			@Override
			public void handle(Event event, Context context) {
				if (event == Event.BEFORE_MIGRATE) {
					migrations.incrementAndGet();
				}
			}

		};
	}

	// H2 commits each statement that creates something.
	@Test
	void createsTheRestWhenAProcessWasKilledAmongTheStatements() throws IOException, SQLException {
		int migrations = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql").length;
		List<String> tables = tables();
		try (HikariDataSource dataSource = TestDatabase.pool(this.database.newUrl());
				Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			Flyway flyway = Flyway.configure().dataSource(dataSource).load();
			flyway.migrate();
			for (int missing = 0; missing <= tables.size(); missing++) {
				statement.execute("delete from \"flyway_schema_history\"");
				for (String table : tables.reversed().subList(0, missing)) {
					statement.execute("drop table " + table);
				}
				assertThat(flyway.migrate().migrationsExecuted).isEqualTo(migrations);
				for (String table : tables) {
					assertThat(statement.execute("select * from " + table)).as(table).isTrue();
				}
			}
		}
	}

	// In the order in which they are created.
	private static List<String> tables() throws IOException {
		String script = new ClassPathResource("db/migration/V1__ledger.sql").getContentAsString(StandardCharsets.UTF_8);
		return Pattern.compile("create table if not exists (\\w+)")
			.matcher(script)
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

}
