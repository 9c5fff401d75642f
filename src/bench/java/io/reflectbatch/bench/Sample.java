package io.reflectbatch.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one process did in one round.
 *
 * @param processSeconds from its start to its end
 * @param seconds what it says it worked, without the start of the JVM
 * @param texts the number of texts embedded
 * @param cores how many processors were busy
 * @param peakBytes the most memory that was resident
 * @param anonymousPeakBytes the most of it that no file backs, which cannot be given back
 * @param groupPeakBytes the peak of its cgroup; null where there is none
 */
record Sample(double processSeconds, double seconds, int texts, double cores, long peakBytes,
		long anonymousPeakBytes, @Nullable Long groupPeakBytes) {

	static Sample of(Measurement measured, JsonNode said) {
		return of(measured, said.get("seconds").asDouble(), said.get("texts").asInt());
	}

	static Sample of(Measurement measured, double seconds, int texts) {
		return new Sample(measured.seconds(), seconds, texts, measured.cores(), measured.peakBytes(),
				measured.anonymousPeakBytes(), measured.groupPeakBytes());
	}

	/**
	 * Takes the median of each number by itself.
	 */
	static Sample median(List<Sample> samples) {
		Long group = samples.getFirst().groupPeakBytes();
		return new Sample(median(samples, Sample::processSeconds), median(samples, Sample::seconds),
				samples.getFirst().texts(), median(samples, Sample::cores), (long) median(samples, Sample::peakBytes),
				(long) median(samples, Sample::anonymousPeakBytes),
				(group != null) ? (long) median(samples, Sample::groupPeak) : null);
	}

	private double groupPeak() {
		return (this.groupPeakBytes != null) ? this.groupPeakBytes : 0;
	}

	private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
		double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/**
	 * The processor time, which is comparable on a machine that does other things too.
	 */
	double cpuSeconds() {
		return this.cores * this.processSeconds;
	}

	/**
	 * Texts a second of work.
	 */
	double textsPerSecond() {
		return this.texts / this.seconds;
	}

	/**
	 * Texts a second of processor time of the whole process.
	 */
	double textsPerCpuSecond() {
		return this.texts / cpuSeconds();
	}

}
