package io.reflectbatch.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates the ledger with Flyway, but only where there is something to migrate: asking
 * takes Flyway longer than anything else that a command like {@code history} does with
 * the database.
 */
@Component
class LedgerSchema implements FlywayMigrationStrategy {

	/**
	 * The version of the last script in {@code db/migration}.
	 */
	static final String NEWEST = "4";

	@Override
	public void migrate(Flyway flyway) {
		if (!isCurrent(flyway.getConfiguration().getDataSource())) {
			flyway.migrate();
		}
	}

	private static boolean isCurrent(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet last = statement.executeQuery("""
						select "version", "success" from "flyway_schema_history"
						order by "installed_rank" desc fetch first 1 row only""")) {
			return last.next() && NEWEST.equals(last.getString(1)) && last.getBoolean(2);
		}
		catch (SQLException ex) {
			// There is no such table yet. Whatever else it may be, Flyway meets it too.
			return false;
		}
	}

}
