package io.reflectbatch.embedding;

/**
 * The arithmetic of all-MiniLM-L6-v2: how exact its vectors are, and how fast.
 */
public enum Precision {

	/**
	 * 32-bit floating point: the reference's vectors.
	 */
	FP32("fp32"),

	/**
	 * 8-bit integers: one and a half times to twice as fast, in less memory; the cosine
	 * of its vectors with those of {@link #FP32} is 0.998 on average.
	 */
	INT8("int8-fused-3");

	private final String vectors;

	Precision(String vectors) {
		this.vectors = vectors;
	}

	/**
	 * Names what makes the vectors, for the ledger: it changes when they do, so that no
	 * file is continued with others. {@code int8} were those of the published 8-bit
	 * graph.
	 */
	String vectors() {
		return this.vectors;
	}

}
