package io.reflectbatch.watch;

import java.time.Instant;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * The meters of a watch in the text format of Prometheus, version 0.0.4.
 */
final class PrometheusText {

	private static final double MILLIS = 1000;

	private final StringBuilder text = new StringBuilder();

	private PrometheusText() {
	}

	/**
	 * Writes the meters.
	 * @param watch the watch
	 * @param resident the memory of its process, if it is known
	 */
	static String of(WatchSnapshot watch, OptionalLong resident) {
		PrometheusText meters = new PrometheusText();
		meters.cycles(watch);
		meters.gauge("reflect_watch_healthy", "1 if /health answers with 200.",
				(Health.of(watch).status() != Health.Status.DOWN) ? 1 : 0);
		meters.gauge("reflect_watch_consecutive_failures", "How many imports in a row have failed.",
				watch.consecutiveFailures());
		meters.gauge("reflect_watch_importing", "1 while an import runs.", (watch.importingSince() != null) ? 1 : 0);
		meters.time("reflect_watch_last_success_timestamp_seconds", "When the last import completed.",
				watch.lastSuccess());
		meters.time("reflect_watch_last_cycle_timestamp_seconds", "When the logs were last looked at.",
				watch.lastCycle());
		meters.gauge("reflect_watch_directories", "How many directories are followed.", watch.directories());
		resident.ifPresent((bytes) -> meters.gauge("reflect_watch_resident_memory_bytes",
				"The memory of the watch itself, without that of the import.", bytes));
		return meters.text.toString();
	}

	private void cycles(WatchSnapshot watch) {
		String name = "reflect_watch_cycles_total";
		head(name, "counter", "How many cycles ended how.");
		for (CycleResult result : CycleResult.values()) {
			this.text.append(name)
				.append("{result=\"")
				.append(result.label())
				.append("\"} ")
				.append(watch.cycles().getOrDefault(result, 0L))
				.append('\n');
		}
	}

	private void time(String name, String help, @Nullable Instant time) {
		if (time != null) {
			head(name, "gauge", help);
			this.text.append(name).append(' ').append(time.toEpochMilli() / MILLIS).append('\n');
		}
	}

	private void gauge(String name, String help, long value) {
		head(name, "gauge", help);
		this.text.append(name).append(' ').append(value).append('\n');
	}

	private void head(String name, String type, String help) {
		this.text.append("# HELP ").append(name).append(' ').append(help).append('\n');
		this.text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
	}

}
