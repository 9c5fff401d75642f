package io.reflectbatch.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in Prometheus's text format, as the textfile collector of the node exporter
 * wants it: written beside and renamed, so that nobody ever reads half of it. A file that
 * cannot be written is one warning, and no reason to end the run. Thread-safe.
 *
 * @see <a href="https://github.com/prometheus/node_exporter#textfile-collector">Textfile
 * collector</a>
 */
final class MetricsFile {

	private static final Logger logger = LoggerFactory.getLogger(MetricsFile.class);

	private static final long PAUSE_SECONDS = 5;

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("metrics").unstarted(task));

	private final Path target;

	private final Path temporary;

	private boolean warned;

	private @Nullable ScheduledFuture<?> ticks;

	MetricsFile(Path target) {
		this.target = target.toAbsolutePath();
		// The collector reads *.prom. Two processes must not write to the same file.
		this.temporary = this.target
			.resolveSibling("." + this.target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
	}

	MeterRegistry registry() {
		return this.registry;
	}

	void begin() {
		this.ticks = this.clock.scheduleWithFixedDelay(this::write, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
	}

	void end() {
		if (this.ticks != null) {
			this.ticks.cancel(false);
		}
		this.clock.close();
		write();
	}

	private synchronized void write() {
		try {
			try (OutputStream output = Files.newOutputStream(this.temporary)) {
				this.registry.scrape(output);
			}
			Files.move(this.temporary, this.target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			warn(ex);
		}
	}

	private void warn(IOException failure) {
		if (!this.warned) {
			this.warned = true;
			logger.warn("The metrics file {} was not written, the run goes on without: {}", this.target,
					failure.toString());
		}
	}

}
