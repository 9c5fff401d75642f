package io.reflectbatch.importing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

import javax.sql.DataSource;

import org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSourceScriptDatabaseInitializer;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.stereotype.Component;

/**
 * Creates Spring Batch's tables with its own script, once. Spring Boot would run the
 * script at every start and ignore that everything exists.
 */
@Component
class BatchSchema extends BatchDataSourceScriptDatabaseInitializer {

	private final DataSource dataSource;

	BatchSchema(DataSource dataSource, BatchJdbcProperties properties) {
		super(dataSource, always(properties));
		this.dataSource = dataSource;
	}

	private static BatchJdbcProperties always(BatchJdbcProperties properties) {
		properties.setInitializeSchema(DatabaseInitializationMode.ALWAYS);
		return properties;
	}

	@Override
	public boolean initializeDatabase() {
		return !exists() && super.initializeDatabase();
	}

	private boolean exists() {
		try (Connection connection = this.dataSource.getConnection()) {
			return exists(connection, "BATCH_JOB_INSTANCE")
					|| exists(connection, "BATCH_JOB_INSTANCE".toLowerCase(Locale.ROOT));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot look for the tables of Spring Batch", ex);
		}
	}

	private static boolean exists(Connection connection, String table) throws SQLException {
		try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), table, null)) {
			return tables.next();
		}
	}

}
