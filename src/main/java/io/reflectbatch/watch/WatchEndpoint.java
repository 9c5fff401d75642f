package io.reflectbatch.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves {@code /health} and {@code /metrics}, and nothing else, with the JDK's own
 * server. Nothing that is served comes from a conversation.
 */
final class WatchEndpoint implements AutoCloseable {

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	private static final int METHOD_NOT_ALLOWED = 405;

	private static final int UNAVAILABLE = 503;

	private static final int SECONDS_A_REQUEST = 10;

	private static final int THREADS = 2;

	private final Supplier<WatchSnapshot> watch;

	private final Path metrics;

	private final HttpServer server;

	private final ExecutorService threads;

	/**
	 * Starts to serve.
	 * @param address where to listen
	 * @param watch what is known
	 * @param metrics the metrics file of the imports
	 * @throws IOException if nobody can listen there
	 */
	WatchEndpoint(InetSocketAddress address, Supplier<WatchSnapshot> watch, Path metrics) throws IOException {
		limitRequests();
		this.watch = watch;
		this.metrics = metrics;
		this.server = HttpServer.create(address, 0);
		this.threads = Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().name("http-", 1).factory());
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	// A client that sends or reads nothing must not hold a thread.
	private static void limitRequests() {
		System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(SECONDS_A_REQUEST));
		System.setProperty("sun.net.httpserver.maxRspTime", String.valueOf(SECONDS_A_REQUEST));
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String method = exchange.getRequestMethod();
			if (!method.equals("GET") && !method.equals("HEAD")) {
				exchange.getResponseHeaders().set("Allow", "GET, HEAD");
				answer(exchange, METHOD_NOT_ALLOWED, "text/plain", "Only GET and HEAD\n");
				return;
			}
			switch (exchange.getRequestURI().getPath()) {
				case "/health" -> health(exchange);
				case "/metrics" -> metrics(exchange);
				default -> answer(exchange, NOT_FOUND, "text/plain", "There are /health and /metrics\n");
			}
		}
	}

	private void health(HttpExchange exchange) throws IOException {
		WatchSnapshot snapshot = this.watch.get();
		Health health = Health.of(snapshot);
		answer(exchange, (health.status() == Health.Status.DOWN) ? UNAVAILABLE : OK, "application/json",
				HealthDocument.of(health, snapshot));
	}

	private void metrics(HttpExchange exchange) throws IOException {
		String own = PrometheusText.of(this.watch.get(), ResidentMemory.now());
		answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", own + metricsOfImports());
	}

	private String metricsOfImports() throws IOException {
		try {
			return Files.readString(this.metrics);
		}
		catch (NoSuchFileException ex) {
			return ""; // no import has written any yet
		}
	}

	private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.getResponseHeaders().set("Cache-Control", "no-store");
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.sendResponseHeaders(status, -1);
			return;
		}
		exchange.sendResponseHeaders(status, body.length);
		try (OutputStream output = exchange.getResponseBody()) {
			output.write(body);
		}
	}

	/**
	 * Returns where this machine reaches it.
	 */
	String url() {
		InetAddress bound = this.server.getAddress().getAddress();
		String host = bound.isAnyLocalAddress() ? "localhost" : bound.getHostAddress();
		return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
