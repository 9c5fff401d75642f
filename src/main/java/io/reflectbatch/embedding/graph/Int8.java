package io.reflectbatch.embedding.graph;

import java.util.function.IntUnaryOperator;

/**
 * Weights in 8 bits, symmetric around zero, with one scale for each row or each column.
 *
 * @param values -127 to 127, in the order of the weights
 * @param scales what the values of a row or a column are to be multiplied with
 */
record Int8(byte[] values, float[] scales) {

	private static final int GREATEST = 127;

	/**
	 * Keeps the quotient a number where all weights are zero.
	 */
	private static final float SMALLEST_SCALE = 1e-12f;

	static Int8 byRow(float[] weights, int columns) {
		return quantize(weights, weights.length / columns, (index) -> index / columns);
	}

	static Int8 byColumn(float[] weights, int columns) {
		return quantize(weights, columns, (index) -> index % columns);
	}

	private static Int8 quantize(float[] weights, int count, IntUnaryOperator scaleOf) {
		float[] scales = new float[count];
		for (int i = 0; i < weights.length; i++) {
			int scale = scaleOf.applyAsInt(i);
			scales[scale] = Math.max(scales[scale], Math.abs(weights[i]));
		}
		for (int i = 0; i < count; i++) {
			scales[i] = Math.max(scales[i] / GREATEST, SMALLEST_SCALE);
		}
		byte[] values = new byte[weights.length];
		for (int i = 0; i < weights.length; i++) {
			values[i] = (byte) Math.rint(weights[i] / scales[scaleOf.applyAsInt(i)]);
		}
		return new Int8(values, scales);
	}

}
