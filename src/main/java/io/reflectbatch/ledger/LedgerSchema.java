package io.reflectbatch.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Migrates the ledger with Flyway before anything else uses the database, but only where
 * there is something to migrate: creating and asking Flyway takes longer than anything
 * else that a command like {@code history} does with the database. That is why Spring
 * Boot's auto-configuration, which creates it at every start, is not used.
 */
@Component
class LedgerSchema implements InitializingBean {

	/**
	 * The version of the last script in {@code db/migration}.
	 */
	static final String NEWEST = "6";

	private static final String HISTORY = "flyway_schema_history";

	private final DataSource dataSource;

	private final Supplier<Flyway> flyway;

	@Autowired
	LedgerSchema(DataSource dataSource) {
		this(dataSource, () -> Flyway.configure().dataSource(dataSource).load());
	}

	LedgerSchema(DataSource dataSource, Supplier<Flyway> flyway) {
		this.dataSource = dataSource;
		this.flyway = flyway;
	}

	@Override
	public void afterPropertiesSet() {
		if (!isCurrent()) {
			this.flyway.get().migrate();
		}
	}

	private boolean isCurrent() {
		try (Connection connection = this.dataSource.getConnection()) {
			return hasHistory(connection) && isCurrent(connection);
		}
		catch (SQLException ex) {
			// Whatever it is, Flyway meets it too, and reports it.
			return false;
		}
	}

	// H2 would write a statement that fails into a file beside the database, for an
	// operator to wonder at.
	private static boolean hasHistory(Connection connection) throws SQLException {
		try (ResultSet table = connection.getMetaData().getTables(null, null, HISTORY, null)) {
			return table.next();
		}
	}

	private static boolean isCurrent(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet last = statement.executeQuery("""
				select "version", "success" from "%s"
				order by "installed_rank" desc fetch first 1 row only""".formatted(HISTORY))) {
			return last.next() && NEWEST.equals(last.getString(1)) && last.getBoolean(2);
		}
	}

}
