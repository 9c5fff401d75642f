package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Qdrant for the tests: the one that {@code QDRANT_TEST_URL} names, or one in
 * Docker, or on Linux x64 the server from an npm package, whichever is there first.
 * <p>
 * Without any of them tests are skipped, and fail where {@code CI=true}.
 */
public final class QdrantServer implements AutoCloseable {

	private static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private static @Nullable QdrantServer shared;

	private final QdrantHost host;

	private final @Nullable String apiKey;

	private QdrantServer(QdrantHost host, @Nullable String apiKey) {
		this.host = host;
		this.apiKey = apiKey;
	}

	/**
	 * Returns the server that all tests of this JVM share; it ends with the JVM.
	 */
	public static synchronized QdrantServer shared() {
		if (shared == null) {
			String url = System.getenv("QDRANT_TEST_URL");
			shared = (url != null && !url.isBlank()) ? new QdrantServer(new RemoteQdrant(URI.create(url)), null)
					: start(null);
		}
		return shared;
	}

	/**
	 * Starts a server of the caller's own, which may be stopped and started again.
	 * @param apiKey the key that it demands, if any
	 */
	public static QdrantServer start(@Nullable String apiKey) {
		List<String> missing = new ArrayList<>();
		QdrantHost host = DockerQdrant.find(apiKey, missing)
			.or(() -> QdrantProcess.find(apiKey, missing))
			.orElseGet(() -> unavailable(missing));
		host.start();
		return new QdrantServer(host, apiKey);
	}

	private static QdrantHost unavailable(List<String> missing) {
		String message = "No Qdrant for this test: QDRANT_TEST_URL is not set or the test needs a server of its own; "
				+ String.join("; ", missing);
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(message);
		}
		return Assumptions.abort(message);
	}

	/**
	 * Returns the REST address, as {@code QDRANT_URL} has it; the gRPC port is the next
	 * one.
	 */
	public URI url() {
		return this.host.url();
	}

	/**
	 * Returns the gRPC port.
	 */
	public int grpcPort() {
		return settings().port();
	}

	/**
	 * Returns the settings of a client of this server.
	 */
	public QdrantSettings settings() {
		return new QdrantSettings(url(), null, this.apiKey, Duration.ofSeconds(10), Duration.ofSeconds(30));
	}

	/**
	 * Starts the server again, at the same address and with what it had stored.
	 */
	public void start() {
		this.host.start();
	}

	/**
	 * Kills the server without giving it time to store anything.
	 */
	public void kill() {
		this.host.kill();
	}

	/**
	 * Creates a collection as someone else does.
	 * @param collection its name
	 * @param definition the JSON body of the REST request
	 */
	public void create(String collection, String definition) {
		send("PUT", "/collections/" + collection, definition);
	}

	/**
	 * Deletes a collection; nothing happens when it is missing.
	 * @param collection its name
	 */
	public void delete(String collection) {
		send("DELETE", "/collections/" + collection, "");
	}

	/**
	 * Returns what the REST interface has to say.
	 * @param path such as {@code /collections/NAME}
	 */
	public String get(String path) {
		return send("GET", path, "");
	}

	/**
	 * Does what the REST interface lets one do.
	 * @param path such as {@code /collections/NAME/points}
	 * @param body the JSON body of the request
	 */
	public void put(String path, String body) {
		send("PUT", path, body);
	}

	/**
	 * Does what the REST interface lets one do.
	 * @param path such as {@code /collections/NAME/points/payload}
	 * @param body the JSON body of the request
	 */
	public void post(String path, String body) {
		send("POST", path, body);
	}

	/**
	 * Returns the points of a collection, with payload and vector, as the REST interface
	 * says it.
	 * @param collection its name; it has a thousand points at most
	 */
	public String points(String collection) {
		return send("POST", "/collections/" + collection + "/points/scroll",
				"{\"limit\": 1000, \"with_payload\": true, \"with_vector\": true}");
	}

	private String send(String method, String path, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path))
			.timeout(Duration.ofSeconds(20))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body));
		Optional.ofNullable(this.apiKey).ifPresent((key) -> request.header("api-key", key));
		try {
			HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
			if (response.statusCode() >= 300) {
				throw new IllegalStateException(
						method + " " + path + ": " + response.statusCode() + " " + response.body());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(method + " " + path + " at " + url(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(method + " " + path + " was interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.host.close();
	}

}
