package io.reflectbatch.embedding;

import java.nio.FloatBuffer;

/**
 * Makes one vector of the vectors of a text's tokens: their mean, of length one
 * (<a href="https://arxiv.org/abs/1908.10084">Sentence-BERT</a>, section 3). There is no
 * padding, so every token counts.
 */
final class MeanPooling {

	private MeanPooling() {
	}

	/**
	 * Pools.
	 * @param tokens the vectors of the tokens, one after the other, at least one
	 * @param dimension the length of a vector
	 * @return a vector with an L2 norm of 1
	 */
	static float[] pool(FloatBuffer tokens, int dimension) {
		return normalize(sum(tokens, dimension));
	}

	/**
	 * The mean has the direction of the sum, and only the direction is left.
	 */
	private static double[] sum(FloatBuffer tokens, int dimension) {
		double[] sum = new double[dimension];
		while (tokens.hasRemaining()) {
			for (int i = 0; i < dimension; i++) {
				sum[i] += tokens.get();
			}
		}
		return sum;
	}

	private static float[] normalize(double[] sum) {
		double squares = 0;
		for (double value : sum) {
			squares += value * value;
		}
		double norm = Math.sqrt(squares);
		float[] vector = new float[sum.length];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) (sum[i] / norm);
		}
		return vector;
	}

}
