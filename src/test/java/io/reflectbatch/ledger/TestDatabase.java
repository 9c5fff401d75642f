package io.reflectbatch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

import org.springframework.core.io.ClassPathResource;

/**
 * The databases that everything runs on.
 */
public enum TestDatabase {

	/**
	 * As it comes.
	 */
	H2 {
		@Override
		public String newUrl() {
			return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		}
	},

	/**
	 * For those who have it.
	 */
	POSTGRESQL {
		@Override
		public String newUrl() {
			return PostgresServer.newSchema();
		}
	};

	private static final Map<TestDatabase, HikariDataSource> migrated = new EnumMap<>(TestDatabase.class);

	/**
	 * Returns the URL of an empty database.
	 */
	public abstract String newUrl();

	/**
	 * Returns the statements that create Spring Batch's tables.
	 */
	public List<String> batchSchema() {
		String script = "org/springframework/batch/core/schema-" + name().toLowerCase(Locale.ROOT) + ".sql";
		try {
			return Stream.of(new ClassPathResource(script).getContentAsString(StandardCharsets.UTF_8).split(";"))
				.filter((statement) -> !statement.isBlank())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns an empty database with the ledger's tables.
	 */
	HikariDataSource migrated() {
		HikariDataSource database = shared();
		try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("delete from conversation_file");
			statement.execute("delete from execution_work");
			statement.execute("delete from job_lease");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot empty the tables", ex);
		}
		return database;
	}

	private HikariDataSource shared() {
		synchronized (migrated) {
			return migrated.computeIfAbsent(this, (database) -> {
				HikariDataSource dataSource = pool(newUrl());
				migrate(dataSource);
				return dataSource;
			});
		}
	}

	static void migrate(HikariDataSource dataSource) {
		Flyway.configure().dataSource(dataSource).load().migrate();
	}

	/**
	 * Connects to a database.
	 * @param url the JDBC URL
	 */
	public static HikariDataSource pool(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		if (url.startsWith("jdbc:h2:")) {
			config.setUsername("sa");
		}
		config.setMinimumIdle(0);
		config.setMaximumPoolSize(10);
		return new HikariDataSource(config);
	}

	static void execute(String url, String sql) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

}
