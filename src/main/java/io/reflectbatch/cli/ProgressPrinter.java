package io.reflectbatch.cli;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.importing.ImportProgress;
import io.reflectbatch.importing.LogContext;
import io.reflectbatch.importing.ProcessMemory;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far an import is: a line that changes on a terminal, else a
 * line every ten seconds.
 */
final class ProgressPrinter implements AutoCloseable {

	private static final double NANOS = 1e9;

	private final ImportProgress progress;

	private final LogContext log;

	private final Notices notices;

	private final boolean terminal = Terminal.isPresent();

	private final PrintStream err = System.err;

	private final long start = System.nanoTime();

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("progress").unstarted(task));

	private @Nullable ScheduledFuture<?> ticks;

	ProgressPrinter(ImportProgress progress, LogContext log, Notices notices) {
		this.progress = progress;
		this.log = log;
		this.notices = notices;
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
		String line = ProgressLine.of(snapshot, (System.nanoTime() - this.start) / NANOS,
				Console.memory(ProcessMemory.peak()));
		if (this.terminal) {
			this.err.print(Terminal.CLEAR_ROW + ProgressLine.cut(line, Terminal.width()));
			this.err.flush();
		}
		else {
			this.log.enter();
			this.notices.say(line);
		}
	}

	@Override
	public void close() {
		if (this.ticks != null) {
			this.ticks.cancel(false);
		}
		this.clock.close();
		if (this.terminal) {
			this.err.print(Terminal.CLEAR_ROW);
			this.err.flush();
		}
	}

}
