package io.reflectbatch.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.importing.ImportProgress;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far an import is: a line that changes on a terminal, else a
 * line every ten seconds.
 */
final class ProgressPrinter implements AutoCloseable {

	private static final double MEGABYTE = 1 << 20;

	private static final double NANOS = 1e9;

	private static final int WIDTH = 100;

	private final ImportProgress progress;

	private final boolean terminal = Boolean.getBoolean("reflect.terminal");

	private final PrintStream err = System.err;

	private final long start = System.nanoTime();

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("progress").unstarted(task));

	private @Nullable ScheduledFuture<?> ticks;

	ProgressPrinter(ImportProgress progress) {
		this.progress = progress;
	}

	void start() {
		long period = this.terminal ? 1 : 10;
		this.ticks = this.clock.scheduleAtFixedRate(this::print, period, period, TimeUnit.SECONDS);
	}

	private void print() {
		ImportProgress.Snapshot snapshot = this.progress.snapshot();
		if (snapshot.files() == 0) {
			return;
		}
		String line = line(snapshot);
		if (this.terminal) {
			this.err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
		}
		else {
			this.err.println(line);
		}
		this.err.flush();
	}

	private String line(ImportProgress.Snapshot snapshot) {
		double seconds = (System.nanoTime() - this.start) / NANOS;
		double share = (snapshot.bytes() > 0) ? (double) snapshot.bytesRead() / snapshot.bytes() : 0;
		return String.format(Locale.ROOT,
				"%3.0f %%  %d of %d files  %.1f of %.1f MB  %,d chunks  %.1f chunks/s  %s left  %s", 100 * share,
				snapshot.filesFinished(), snapshot.files(), snapshot.bytesRead() / MEGABYTE,
				snapshot.bytes() / MEGABYTE, snapshot.chunks(), snapshot.chunks() / seconds, left(share, seconds),
				ProcessMemory.peak());
	}

	private static String left(double share, double seconds) {
		return (share > 0) ? Console.duration(Duration.ofSeconds(Math.round(seconds * (1 - share) / share))) : "?";
	}

	@Override
	public void close() {
		if (this.ticks != null) {
			this.ticks.cancel(false);
		}
		this.clock.close();
		if (this.terminal) {
			this.err.print("\r" + " ".repeat(WIDTH) + "\r");
			this.err.flush();
		}
	}

}
