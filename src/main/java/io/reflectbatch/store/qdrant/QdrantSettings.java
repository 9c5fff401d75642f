package io.reflectbatch.store.qdrant;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Qdrant is and how long to wait for it.
 *
 * @param url the REST address, as {@code QDRANT_URL} has it: {@code http://host:6333}
 * @param grpcPort the gRPC port; without it the REST port + 1, or 6334 where the address
 * names no port or that of a web server
 * @param apiKey the key, sent with every call
 * @param deadline how long one call may take
 * @param retryFor for how long a call that failed is tried again before giving up; the
 * last try may take another {@code deadline}
 */
public record QdrantSettings(@DefaultValue("http://localhost:6333") URI url, @Nullable Integer grpcPort,
		@Nullable String apiKey, @DefaultValue("10s") Duration deadline, @DefaultValue("30s") Duration retryFor) {

	private static final int DEFAULT_GRPC_PORT = 6334;

	private static final int HIGHEST_PORT = 65535;

	private static final Set<Integer> PORTS_OF_WEB_SERVERS = Set.of(-1, 80, 443);

	public QdrantSettings {
		requireAddress(url);
		requirePort(grpcPort);
		requirePositive("deadline", deadline);
		requirePositive("retry-for", retryFor);
		apiKey = (apiKey == null || apiKey.isBlank()) ? null : apiKey.strip();
	}

	private static void requireAddress(URI url) {
		boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
		if (!http || url.getHost() == null || url.getPort() > HIGHEST_PORT || !isBare(url)) {
			throw new IllegalArgumentException("""
					QDRANT_URL is '%s'; expected http://HOST[:PORT] or https://HOST[:PORT] without a path or user, \
					such as http://localhost:6333""".formatted(withoutUser(url)));
		}
	}

	private static boolean isBare(URI url) {
		return (url.getPath().isEmpty() || url.getPath().equals("/")) && url.getUserInfo() == null
				&& url.getQuery() == null;
	}

	private static String withoutUser(URI url) {
		return url.toString().replaceFirst("//[^/]*@", "//***@");
	}

	private static void requirePort(@Nullable Integer port) {
		if (port != null && (port < 1 || port > HIGHEST_PORT)) {
			throw new IllegalArgumentException(
					"QDRANT_GRPC_PORT is %d; expected a port from 1 to %d".formatted(port, HIGHEST_PORT));
		}
	}

	private static void requirePositive(String name, Duration duration) {
		if (!duration.isPositive()) {
			throw new IllegalArgumentException(
					"reflect.store.qdrant.%s is %s; expected more than nothing, such as 10s".formatted(name, duration));
		}
	}

	String host() {
		return this.url.getHost();
	}

	int port() {
		if (this.grpcPort != null) {
			return this.grpcPort;
		}
		return PORTS_OF_WEB_SERVERS.contains(this.url.getPort()) ? DEFAULT_GRPC_PORT : this.url.getPort() + 1;
	}

	boolean encrypted() {
		return "https".equals(this.url.getScheme());
	}

	/**
	 * Returns what is really connected to, for messages: {@code host:port}.
	 */
	String address() {
		return host() + ":" + port();
	}

	/**
	 * Leaves the API key out.
	 */
	@Override
	public String toString() {
		return "QdrantSettings[url=%s, gRPC %s, apiKey=%s, deadline=%s, retryFor=%s]".formatted(this.url, address(),
				(this.apiKey != null) ? "(set)" : "(none)", this.deadline, this.retryFor);
	}

}
