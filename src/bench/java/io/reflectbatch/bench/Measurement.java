package io.reflectbatch.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a process needed.
 *
 * @param seconds how long it ran
 * @param cpuSeconds the processor time
 * @param peakBytes the most memory that was resident (VmHWM)
 * @param anonymousPeakBytes the most that was seen of what cannot be given back (RssAnon)
 * @param groupPeakBytes the peak of its memory cgroup, which counts files in the page
 * cache too; null where no cgroup could be made
 * @param output what it printed
 */
public record Measurement(double seconds, double cpuSeconds, long peakBytes, long anonymousPeakBytes,
		@Nullable Long groupPeakBytes, String output) {

	/**
	 * How many processors were busy.
	 */
	public double cores() {
		return this.cpuSeconds / this.seconds;
	}

}
