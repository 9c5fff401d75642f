package io.reflectbatch.metrics;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.micrometer.registry.otlp.OtlpConfig;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of OpenTelemetry, as its specification has them. Micrometer
 * reads some of them itself, but takes an empty one for an address.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry Protocol
 * Exporter</a>
 */
final class OtlpSettings {

	private static final String SERVICE_NAME = "service.name";

	private final Function<String, @Nullable String> variables;

	OtlpSettings(Function<String, @Nullable String> variables) {
		this.variables = variables;
	}

	/**
	 * Returns whether metrics are to be sent.
	 */
	boolean isWanted() {
		return url() != null && !"true".equalsIgnoreCase(variable("OTEL_SDK_DISABLED"))
				&& !"none".equals(variable("OTEL_METRICS_EXPORTER"));
	}

	private @Nullable String url() {
		String metrics = variable("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
		if (metrics != null) {
			return metrics;
		}
		String all = variable("OTEL_EXPORTER_OTLP_ENDPOINT");
		return (all != null) ? all.replaceFirst("/+$", "") + "/v1/metrics" : null;
	}

	private @Nullable String variable(String name) {
		String value = this.variables.apply(name);
		return (value == null || value.isBlank()) ? null : value.strip();
	}

	/**
	 * Returns the configuration for Micrometer.
	 * @param enabled whether to send by now
	 */
	OtlpConfig config(BooleanSupplier enabled) {
		return new Config(enabled);
	}

	private Map<String, String> headers() {
		Map<String, String> headers = pairs("OTEL_EXPORTER_OTLP_HEADERS");
		headers.putAll(pairs("OTEL_EXPORTER_OTLP_METRICS_HEADERS"));
		return headers;
	}

	private Map<String, String> resourceAttributes() {
		Map<String, String> attributes = new LinkedHashMap<>(Map.of(SERVICE_NAME, "reflect-batch"));
		attributes.putAll(pairs("OTEL_RESOURCE_ATTRIBUTES"));
		String service = variable("OTEL_SERVICE_NAME");
		if (service != null) {
			attributes.put(SERVICE_NAME, service);
		}
		return attributes;
	}

	private Map<String, String> pairs(String name) {
		Map<String, String> pairs = new LinkedHashMap<>();
		String value = variable(name);
		if (value != null) {
			for (String pair : value.split(",", -1)) {
				int equals = pair.indexOf('=');
				if (equals > 0) {
					pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
				}
			}
		}
		return pairs;
	}

	// Percent-encoded like W3C baggage, in which a plus is a plus.
	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text.strip(); // not encoded, as people write it
		}
	}

	private Duration step() {
		String millis = variable("OTEL_METRIC_EXPORT_INTERVAL");
		return (millis != null && millis.matches("[1-9][0-9]{0,9}")) ? Duration.ofMillis(Long.parseLong(millis))
				: Duration.ofMinutes(1);
	}

	private final class Config implements OtlpConfig {

		private final BooleanSupplier enabled;

		Config(BooleanSupplier enabled) {
			this.enabled = enabled;
		}

		@Override
		public boolean enabled() {
			return this.enabled.getAsBoolean();
		}

		@Override
		public @Nullable String get(String key) {
			return null;
		}

		@Override
		public String url() {
			return String.valueOf(OtlpSettings.this.url());
		}

		@Override
		public Map<String, String> headers() {
			return OtlpSettings.this.headers();
		}

		@Override
		public Map<String, String> resourceAttributes() {
			return OtlpSettings.this.resourceAttributes();
		}

		@Override
		public Duration step() {
			return OtlpSettings.this.step();
		}

	}

}
