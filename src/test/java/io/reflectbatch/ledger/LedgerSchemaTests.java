package io.reflectbatch.ledger;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

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

}
