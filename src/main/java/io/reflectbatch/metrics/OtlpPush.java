package io.reflectbatch.metrics;

import java.net.URI;
import java.time.Duration;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends meters to an OpenTelemetry collector, at intervals and at the end. A collector
 * that does not take them is one warning: an import must not fail, and not be late,
 * because of it.
 */
final class OtlpPush {

	private static final Logger logger = LoggerFactory.getLogger(OtlpPush.class);

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration READ = Duration.ofSeconds(5);

	/**
	 * For the last push, which may have to look up a name before it connects.
	 */
	private static final Duration END = Duration.ofSeconds(10);

	private final OtlpMeterRegistry registry;

	private volatile boolean begun;

	/**
	 * Creates a push, which does not begin yet.
	 * @param settings where to, and how often
	 */
	OtlpPush(OtlpSettings settings) {
		OtlpConfig config = settings.config(() -> this.begun);
		this.registry = OtlpMeterRegistry.builder(config)
			.clock(Clock.SYSTEM)
			.metricsSender(new WarningSender(config.url()))
			.build();
	}

	MeterRegistry registry() {
		return this.registry;
	}

	void begin() {
		this.begun = true;
		this.registry.start((task) -> Thread.ofPlatform().daemon().name("otlp").unstarted(task));
	}

	void end() {
		Thread last = Thread.ofPlatform().daemon().name("otlp").start(this.registry::close);
		try {
			if (!last.join(END)) {
				logger.warn("The last metrics were not sent within {} s", END.toSeconds());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class WarningSender implements OtlpMetricsSender {

		private final OtlpMetricsSender sender = new OtlpHttpMetricsSender(new HttpUrlConnectionSender(CONNECT, READ));

		private final String url;

		private volatile boolean warned;

		WarningSender(String url) {
			this.url = url;
		}

		@Override
		public void send(Request request) {
			try {
				this.sender.send(request);
			}
			catch (Exception ex) {
				warn(ex);
			}
		}

		// Nothing of the address but its host: it may hold a password.
		private void warn(Exception failure) {
			if (!this.warned) {
				this.warned = true;
				logger.warn("Metrics were not sent to {}, the run goes on without: {}", host(),
						root(failure).toString().replace(this.url, host()));
			}
		}

		private static Throwable root(Throwable failure) {
			Throwable root = failure;
			while (root.getCause() != null) {
				root = root.getCause();
			}
			return root;
		}

		private String host() {
			try {
				URI address = URI.create(this.url);
				return (address.getHost() != null) ? address.getScheme() + "://" + address.getHost()
						+ ((address.getPort() > 0) ? ":" + address.getPort() : "") : "the OTLP endpoint";
			}
			catch (IllegalArgumentException ex) {
				return "the OTLP endpoint";
			}
		}

	}

}
