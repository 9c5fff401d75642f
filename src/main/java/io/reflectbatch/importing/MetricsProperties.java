package io.reflectbatch.importing;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where the meters of an import go, besides an OpenTelemetry collector, which has
 * environment variables of its own.
 *
 * @param file the file in Prometheus's text format; none by default. The textfile
 * collector of the node exporter reads files that end with {@code .prom}
 */
public record MetricsProperties(@Nullable Path file) {

	public MetricsProperties {
		if (file != null && !file.toString().endsWith(".prom")) {
			throw new IllegalArgumentException("""
					reflect.metrics.file is '%s'; expected a file whose name ends with .prom, \
					which Prometheus's node exporter insists on""".formatted(file));
		}
	}

}
