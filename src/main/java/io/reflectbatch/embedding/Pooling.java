package io.reflectbatch.embedding;

import java.nio.FloatBuffer;

/**
 * Makes one vector, of length one, of the vectors of a text's tokens
 * (<a href="https://arxiv.org/abs/1908.10084">Sentence-BERT</a>, section 3). There is no
 * padding, so every token counts.
 */
public enum Pooling {

	/**
	 * Their mean.
	 */
	MEAN {

		// The mean has the direction of the sum, and only the direction is left.
		@Override
		double[] join(FloatBuffer tokens, int dimension) {
			double[] sum = new double[dimension];
			while (tokens.hasRemaining()) {
				for (int i = 0; i < dimension; i++) {
					sum[i] += tokens.get();
				}
			}
			return sum;
		}

	},

	/**
	 * That of the first one, which stands for the whole text.
	 */
	CLS {

		@Override
		double[] join(FloatBuffer tokens, int dimension) {
			double[] first = new double[dimension];
			for (int i = 0; i < dimension; i++) {
				first[i] = tokens.get();
			}
			return first;
		}

	};

	/**
	 * Pools.
	 * @param tokens the vectors of the tokens, one after the other, at least one
	 * @param dimension the length of a vector
	 * @return a vector with an L2 norm of 1
	 */
	float[] pool(FloatBuffer tokens, int dimension) {
		return normalize(join(tokens, dimension));
	}

	abstract double[] join(FloatBuffer tokens, int dimension);

	private static float[] normalize(double[] values) {
		double squares = 0;
		for (double value : values) {
			squares += value * value;
		}
		double norm = Math.sqrt(squares);
		float[] vector = new float[values.length];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) (values[i] / norm);
		}
		return vector;
	}

}
