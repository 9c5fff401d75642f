package io.reflectbatch.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How an import is repeated.
 */
final class WatchOptions {

	@Option(names = "--interval", paramLabel = "SECONDS",
			description = "The time between two looks at the logs (WATCH_INTERVAL; default: 60).")
	private @Nullable String interval;

	@Option(names = "--address", paramLabel = "ADDRESS",
			description = "Where /health and /metrics are served (default: 127.0.0.1).")
	private @Nullable String address;

	@Option(names = "--port", paramLabel = "PORT",
			description = "The port of /health and /metrics; 0: they are not served (default: 9465).")
	private @Nullable String port;

	Settings settings() {
		return new Settings().put("reflect.watch.interval", this.interval, "--interval")
			.put("reflect.watch.address", this.address, "--address")
			.put("reflect.watch.port", this.port, "--port");
	}

}
