package io.reflectbatch.embedding.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Weights in 8 bits, symmetric around zero, with one scale for each row or each column.
 *
 * @param values -127 to 127, in the order of the weights
 * @param scales what the values of a row or a column are to be multiplied with
 */
record Int8(byte[] values, float[] scales) {

	private static final int GREATEST = 127;

	/**
	 * The most that two values may add up to which are multiplied with activations of 0
	 * to 255 and then added in 16 bits: 255 times 128 is less than 2 to the power of 15.
	 */
	private static final int GREATEST_SUM = 128;

	/**
	 * If no value is greater, no sum is.
	 */
	private static final int LEAST_RANGE = GREATEST_SUM / 2;

	private static final int RANGE_STEP = 7;

	/**
	 * Keeps the quotient a number where all weights are zero.
	 */
	private static final float SMALLEST_SCALE = 1e-12f;

	/**
	 * Rounds weights that are looked up.
	 */
	static Int8 byRow(float[] weights, int columns) {
		float[] scales = new float[weights.length / columns];
		byte[] values = new byte[weights.length];
		for (int i = 0; i < scales.length; i++) {
			float[] row = Arrays.copyOfRange(weights, i * columns, (i + 1) * columns);
			scales[i] = scale(greatest(row), GREATEST);
			for (int column = 0; column < columns; column++) {
				values[i * columns + column] = (byte) Math.rint(row[column] / scales[i]);
			}
		}
		return new Int8(values, scales);
	}

	/**
	 * Rounds a matrix that 8-bit activations are multiplied with.
	 * <p>
	 * An x86 processor without VNNI adds the products of two rows in 16 bits, and cuts
	 * off what does not fit (PMADDUBSW). Here everything fits, so sums do not depend on
	 * the processor. Two great weights of one sign rarely meet: of some scales, each
	 * column takes the one that costs least, between a fine one, with which the sums of
	 * more pairs are too great and lowered, and a coarse one, with which none is.
	 */
	static Int8 byColumn(float[] weights, int columns) {
		int rows = weights.length / columns;
		byte[] values = new byte[weights.length];
		float[] scales = new float[columns];
		float[] column = new float[rows];
		for (int i = 0; i < columns; i++) {
			for (int row = 0; row < rows; row++) {
				column[row] = weights[row * columns + i];
			}
			scales[i] = bestScale(column);
			byte[] rounded = inPairs(column, scales[i]);
			for (int row = 0; row < rows; row++) {
				values[row * columns + i] = rounded[row];
			}
		}
		return new Int8(values, scales);
	}

	private static float bestScale(float[] weights) {
		float greatest = greatest(weights);
		return IntStream.iterate(LEAST_RANGE, (range) -> range <= GREATEST, (range) -> range + RANGE_STEP)
			.mapToObj((range) -> scale(greatest, range))
			.min(Comparator.comparingDouble((scale) -> squaredError(weights, scale)))
			.orElseThrow();
	}

	private static double squaredError(float[] weights, float scale) {
		byte[] rounded = inPairs(weights, scale);
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			double error = weights[i] - rounded[i] * scale;
			sum += error * error;
		}
		return sum;
	}

	private static byte[] inPairs(float[] weights, float scale) {
		byte[] values = new byte[weights.length];
		for (int i = 0; i < weights.length; i += 2) {
			float one = weights[i] / scale;
			float other = (i + 1 < weights.length) ? weights[i + 1] / scale : 0;
			float sum = one + other;
			float excess = Math.copySign(Math.max(0, Math.abs(sum) - GREATEST_SUM), sum);
			int value = (int) Math.rint(one - excess / 2);
			values[i] = (byte) value;
			if (i + 1 < weights.length) {
				values[i + 1] = (byte) Math.clamp((int) Math.rint(other - excess / 2), -GREATEST_SUM - value,
						GREATEST_SUM - value);
			}
		}
		return values;
	}

	private static float greatest(float[] weights) {
		float greatest = 0;
		for (float weight : weights) {
			greatest = Math.max(greatest, Math.abs(weight));
		}
		return greatest;
	}

	private static float scale(float greatest, int range) {
		return Math.max(greatest / range, SMALLEST_SCALE);
	}

}
