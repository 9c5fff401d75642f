package io.reflectbatch.bench.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Says how far a mean may be from that over other logs of the same kind: it is computed
 * again for many samples of the conversations, drawn with replacement.
 * <p>
 * Conversations are drawn and not questions, because questions about the same one are
 * alike: of ten questions about one long session, all are easy or none is. The samples
 * are the same for all series of the same questions, so that the interval of a difference
 * is that of the same questions asked twice.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/1148170.1148261">Sakai, Evaluating
 * Evaluation Metrics Based on the Bootstrap</a>
 */
final class Bootstrap {

	private static final long SEED = 6;

	private static final int SAMPLES = 2_000;

	private static final double TAIL = 0.025;

	/** For each question the number of its conversation. */
	private final int[] clusters;

	private final int[] sizes;

	/**
	 * Prepares for some questions.
	 * @param conversations the conversation of each question
	 */
	Bootstrap(List<String> conversations) {
		Map<String, Integer> numbers = new LinkedHashMap<>();
		this.clusters = conversations.stream()
			.mapToInt((conversation) -> numbers.computeIfAbsent(conversation, (first) -> numbers.size()))
			.toArray();
		this.sizes = new int[numbers.size()];
		Arrays.stream(this.clusters).forEach((cluster) -> this.sizes[cluster]++);
	}

	/**
	 * Returns the interval in which the mean of 95 of 100 samples is.
	 * @param values a value for each question
	 */
	Interval mean(double[] values) {
		if (values.length != this.clusters.length) {
			throw new IllegalArgumentException(
					"There are %d values for %d questions".formatted(values.length, this.clusters.length));
		}
		if (values.length == 0) {
			return new Interval(Double.NaN, Double.NaN);
		}
		double[] sums = new double[this.sizes.length];
		for (int i = 0; i < values.length; i++) {
			sums[this.clusters[i]] += values[i];
		}
		double[] means = new double[SAMPLES];
		SplittableRandom random = new SplittableRandom(SEED);
		for (int sample = 0; sample < SAMPLES; sample++) {
			means[sample] = mean(sums, random);
		}
		Arrays.sort(means);
		return new Interval(means[(int) (SAMPLES * TAIL)], means[(int) (SAMPLES * (1 - TAIL)) - 1]);
	}

	private double mean(double[] sums, SplittableRandom random) {
		double sum = 0;
		int count = 0;
		for (int draw = 0; draw < sums.length; draw++) {
			int cluster = random.nextInt(sums.length);
			sum += sums[cluster];
			count += this.sizes[cluster];
		}
		return sum / count;
	}

	/**
	 * An interval of 95 %.
	 *
	 * @param low its lower end
	 * @param high its upper end
	 */
	record Interval(double low, double high) {

		/**
		 * Whether a difference is more than chance: it is not 0 in this interval.
		 */
		boolean excludesZero() {
			return this.low > 0 || this.high < 0;
		}

	}

}
