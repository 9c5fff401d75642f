package io.reflectbatch.embedding;

/**
 * The arithmetic of all-MiniLM-L6-v2: how exact its vectors are, and how fast.
 */
public enum Precision {

	/**
	 * 32-bit floating point: the reference's vectors.
	 */
	FP32,

	/**
	 * 8-bit integers: about twice as fast, in less memory; the cosine of its vectors with
	 * those of {@link #FP32} is 0.998 on average.
	 */
	INT8

}
