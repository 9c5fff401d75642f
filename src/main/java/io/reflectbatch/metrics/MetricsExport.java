package io.reflectbatch.metrics;

import java.nio.file.Path;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Passes the meters of a run on to whom they were asked for. Where nobody has asked, the
 * registry has no children: it counts nothing, and no class of a registry that does is
 * loaded. Thread-safe.
 */
public final class MetricsExport {

	private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

	private final @Nullable MetricsFile file;

	private final @Nullable OtlpPush otlp;

	private boolean begun;

	/**
	 * Creates an export, which does not begin yet.
	 * @param path the file for Prometheus, if it is wanted
	 * @param variables gives the value of an environment variable, null if it is not set
	 */
	public MetricsExport(@Nullable Path path, Function<String, @Nullable String> variables) {
		OtlpSettings settings = new OtlpSettings(variables);
		this.file = (path != null) ? new MetricsFile(path) : null;
		this.otlp = settings.isWanted() ? new OtlpPush(settings) : null;
		if (this.file != null) {
			this.registry.add(this.file.registry());
		}
		if (this.otlp != null) {
			this.registry.add(this.otlp.registry());
		}
	}

	/**
	 * Returns whether anybody has asked for meters.
	 */
	public boolean isWanted() {
		return this.file != null || this.otlp != null;
	}

	/**
	 * Returns the registry to register meters with.
	 */
	public MeterRegistry registry() {
		return this.registry;
	}

	/**
	 * Begins to pass on, every few seconds. From now on what is in the file is of this
	 * run, and not of another one that may have been running when this process started.
	 */
	public synchronized void begin() {
		if (this.begun) {
			return;
		}
		this.begun = true;
		if (this.file != null) {
			this.file.begin();
		}
		if (this.otlp != null) {
			this.otlp.begin();
		}
	}

	/**
	 * Passes on what the meters say at the end, and ends. Whoever does not take it, or
	 * not in time, does not hold up the end of the process.
	 */
	public synchronized void end() {
		if (this.file != null) {
			this.file.end();
		}
		if (this.otlp != null) {
			this.otlp.end();
		}
	}

}
