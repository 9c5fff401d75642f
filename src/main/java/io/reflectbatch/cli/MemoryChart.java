package io.reflectbatch.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.reflectbatch.ledger.MemorySample;

/**
 * The memory of a process over time, in a line: a sparkline (Tufte, "Beautiful Evidence",
 * 2006) from zero to the largest value, and the values that matter.
 */
final class MemoryChart {

	private static final String LEVELS = "▁▂▃▄▅▆▇█";

	private static final int WIDTH = 60;

	private static final long MEGABYTE = 1 << 20;

	private final List<MemorySample> samples;

	/**
	 * Creates a chart.
	 * @param samples at least one, in the order of time
	 */
	MemoryChart(List<MemorySample> samples) {
		this.samples = samples;
	}

	@Override
	public String toString() {
		List<Long> peaks = peaks();
		long largest = peaks.stream().max(Comparator.naturalOrder()).orElseThrow();
		StringBuilder line = new StringBuilder();
		peaks
			.forEach((peak) -> line.append(LEVELS.charAt((int) (peak * (LEVELS.length() - 1) / Math.max(1, largest)))));
		return line + Console.format("  %,d to %,d MB resident, last %,d MB at %s", smallest() / MEGABYTE,
				largest / MEGABYTE, this.samples.getLast().residentBytes() / MEGABYTE,
				Console.time(this.samples.getLast().at()));
	}

	private long smallest() {
		return this.samples.stream().mapToLong(MemorySample::residentBytes).min().orElseThrow();
	}

	// A column shows the most there was in its share of the samples: a peak must not get
	// lost.
	private List<Long> peaks() {
		int columns = Math.min(WIDTH, this.samples.size());
		List<Long> peaks = new ArrayList<>();
		for (int column = 0; column < columns; column++) {
			int from = column * this.samples.size() / columns;
			int to = (column + 1) * this.samples.size() / columns;
			peaks.add(
					this.samples.subList(from, to).stream().mapToLong(MemorySample::residentBytes).max().orElseThrow());
		}
		return peaks;
	}

}
