package io.reflectbatch.embedding.graph;

/**
 * In which numbers the matrices of a layer are multiplied.
 *
 * @param attention those that make query, key and value
 * @param attentionOutput the one behind the attention
 * @param feedForward the first of the feed-forward network
 * @param feedForwardOutput the second
 */
record Arithmetic(Kind attention, Kind attentionOutput, Kind feedForward, Kind feedForwardOutput) {

	static Arithmetic all(Kind kind) {
		return new Arithmetic(kind, kind, kind, kind);
	}

	boolean isFp32() {
		return equals(all(Kind.FP32));
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

}
