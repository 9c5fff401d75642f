package io.reflectbatch.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import org.jspecify.annotations.Nullable;

/**
 * An OpenTelemetry collector, as far as this application sees one: it takes metrics over
 * HTTP and keeps them.
 */
public final class Collector implements AutoCloseable {

	private final HttpServer server;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final int status;

	private Collector(int status) throws IOException {
		this.status = status;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::receive);
		this.server.start();
	}

	/**
	 * Starts one that takes everything.
	 */
	public static Collector start() throws IOException {
		return new Collector(200);
	}

	/**
	 * Starts one that refuses everything.
	 * @param status the HTTP status
	 */
	static Collector refusing(int status) throws IOException {
		return new Collector(status);
	}

	private void receive(HttpExchange exchange) {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			this.received.add(new Received(exchange.getRequestURI().getPath(),
					exchange.getRequestHeaders().getFirst("authorization"),
					ExportMetricsServiceRequest.parseFrom(body)));
			exchange.sendResponseHeaders(this.status, -1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The endpoint, for {@code OTEL_EXPORTER_OTLP_ENDPOINT}.
	 */
	public String endpoint() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	List<Received> received() {
		return this.received;
	}

	/**
	 * The names of what came last.
	 */
	public Set<String> names() {
		return this.received.getLast().metrics().keySet();
	}

	/**
	 * The value of a counter without tags that came last.
	 * @param name its name
	 */
	public double counter(String name) {
		return Objects.requireNonNull(this.received.getLast().metrics().get(name), name)
			.getSum()
			.getDataPoints(0)
			.getAsDouble();
	}

	/**
	 * What came last, as text.
	 */
	@Override
	public String toString() {
		return this.received.getLast().request().toString();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * One request.
	 *
	 * @param path the path of the address
	 * @param authorization the header
	 * @param request what was sent
	 */
	record Received(String path, @Nullable String authorization, ExportMetricsServiceRequest request) {

		Map<String, Metric> metrics() {
			return resource().getScopeMetrics(0)
				.getMetricsList()
				.stream()
				.collect(Collectors.toMap(Metric::getName, Function.identity()));
		}

		Map<String, String> attributes() {
			return resource().getResource()
				.getAttributesList()
				.stream()
				.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> attribute.getValue().getStringValue()));
		}

		private ResourceMetrics resource() {
			return this.request.getResourceMetrics(0);
		}

	}

}
