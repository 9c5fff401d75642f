package io.reflectbatch.embedding.graph;

/**
 * How a layer computes: in which numbers its matrices are multiplied, and how exact its
 * activation function is.
 *
 * @param attention those that make query, key and value
 * @param attentionOutput the one behind the attention
 * @param feedForward the first of the feed-forward network
 * @param feedForwardOutput the second
 * @param gelu the activation function between the two
 */
record Arithmetic(Kind attention, Kind attentionOutput, Kind feedForward, Kind feedForwardOutput, Gelu gelu) {

	static final Arithmetic FP32 = all(Kind.FP32, Gelu.ERF);

	static Arithmetic all(Kind kind, Gelu gelu) {
		return new Arithmetic(kind, kind, kind, kind, gelu);
	}

	/**
	 * The arithmetic of one product of activations with weights.
	 */
	enum Kind {

		/**
		 * 32-bit floats.
		 */
		FP32,

		/**
		 * 8-bit integers; one scale for the activations of a text.
		 */
		TEXT_SCALED,

		/**
		 * 8-bit integers; one scale for the activations of each token.
		 */
		TOKEN_SCALED;

		/**
		 * Whether the product includes the bias; otherwise the node behind adds it.
		 */
		boolean includesBias() {
			return this == TEXT_SCALED;
		}

	}

	/**
	 * The Gaussian error linear unit
	 * (<a href="https://arxiv.org/abs/1606.08415">GELU</a>, which has both formulas).
	 */
	enum Gelu {

		/**
		 * With the error function, as the model was trained.
		 */
		ERF("Gelu", "BiasGelu"),

		/**
		 * With the hyperbolic tangent: 0.0005 away at most, in half of the time.
		 */
		TANH("FastGelu", "FastGelu");

		private final String operator;

		private final String withBias;

		Gelu(String operator, String withBias) {
			this.operator = operator;
			this.withBias = withBias;
		}

		/**
		 * The operator of ONNX Runtime.
		 */
		String operator() {
			return this.operator;
		}

		/**
		 * The one that adds a bias before.
		 */
		String withBias() {
			return this.withBias;
		}

	}

}
