package io.reflectbatch.ledger;

import java.io.IOException;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL for the tests: the one that {@code POSTGRES_TEST_URL} names (a JDBC
 * URL with user and password), or one whose binaries come as a Maven artifact. It does
 * not run as root; where this process is root, a user namespace makes it somebody else.
 * <p>
 * Without either tests are skipped, and fail where {@code CI=true}.
 */
final class PostgresServer {

	private static @Nullable String url;

	private static @Nullable String failure;

	private PostgresServer() {
	}

	/**
	 * Returns the JDBC URL of a schema of the caller's own in the server that all tests
	 * of this JVM share; it ends with the JVM.
	 */
	static synchronized String newSchema() {
		String server = url();
		String schema = "test_" + UUID.randomUUID().toString().replace("-", "");
		TestDatabase.execute(server, "create schema " + schema);
		return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
	}

	private static String url() {
		if (url == null && failure == null) {
			start();
		}
		return (url != null) ? url : unavailable();
	}

	private static void start() {
		String given = System.getenv("POSTGRES_TEST_URL");
		if (given != null && !given.isBlank()) {
			url = given;
			return;
		}
		try {
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setServerConfig("fsync", "off")
				.setServerConfig("max_connections", "50")
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
			url = server.getJdbcUrl("postgres", "postgres");
		}
		catch (IOException | IllegalStateException ex) {
			failure = ex.toString();
		}
	}

	private static void close(EmbeddedPostgres server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot stop PostgreSQL", ex);
		}
	}

	private static String unavailable() {
		String message = "No PostgreSQL for this test: POSTGRES_TEST_URL is not set, and the embedded server does not"
				+ " start here: " + failure;
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(message);
		}
		return Assumptions.abort(message);
	}

}
