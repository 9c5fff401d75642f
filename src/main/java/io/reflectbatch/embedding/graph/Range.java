package io.reflectbatch.embedding.graph;

/**
 * The values that activations can have, and so how they are laid on 0 to 255.
 */
enum Range {

	/**
	 * Negative and positive ones alike.
	 */
	SYMMETRIC(128, 1e-9f),

	/**
	 * Behind a GELU: nothing is below -0.17, most is close to it, and what is far above
	 * it gets nearly all of the steps.
	 */
	GELU(16, 0.17f / 16);

	private static final int GREATEST = 255;

	private final int zero;

	private final float smallestStep;

	Range(int zero, float smallestStep) {
		this.zero = zero;
		this.smallestStep = smallestStep;
	}

	/**
	 * Where zero is.
	 */
	int zero() {
		return this.zero;
	}

	/**
	 * The part of the greatest value that one step is.
	 */
	float step() {
		return 1f / (GREATEST - this.zero);
	}

	/**
	 * The least that one step may be, so that the smallest value has its place.
	 */
	float smallestStep() {
		return this.smallestStep;
	}

}
