package io.reflectbatch.cli;

import java.time.Duration;

import io.reflectbatch.importing.ImportProgress;

/**
 * How far an import is, in a line.
 */
final class ProgressLine {

	private static final double MEGABYTE = 1 << 20;

	private static final double PERCENT = 100;

	private ProgressLine() {
	}

	/**
	 * Returns the line; what matters most comes first, since a narrow terminal cuts the
	 * rest.
	 * @param snapshot the counts
	 * @param seconds for how long the import has run
	 * @param memory the peak memory, for people
	 */
	static String of(ImportProgress.Snapshot snapshot, double seconds, String memory) {
		double share = (snapshot.bytes() > 0) ? Math.min(1, (double) snapshot.bytesRead() / snapshot.bytes()) : 0;
		return Console.format("%3.0f %%  %s  %,d of %s  %s  %.1f chunks/s  %.1f of %.1f MB  peak memory %s",
				PERCENT * share, left(share, seconds), snapshot.filesFinished(),
				Console.count(snapshot.files(), "file"), Console.count(snapshot.chunks(), "chunk"),
				snapshot.chunks() / seconds, snapshot.bytesRead() / MEGABYTE, snapshot.bytes() / MEGABYTE, memory);
	}

	private static String left(double share, double seconds) {
		if (share == 0) {
			return "starting";
		}
		Duration left = Duration.ofSeconds(Math.round(seconds * (1 - share) / share));
		return ((left.toSeconds() < 60) ? left.toSeconds() + " s" : Console.duration(left)) + " left";
	}

	/**
	 * Cuts a line so that a terminal shows it in one row.
	 * @param line the line
	 * @param width the width of the terminal
	 */
	static String cut(String line, int width) {
		return (line.length() < width) ? line : line.substring(0, Math.max(0, width - 1));
	}

}
