package io.reflectbatch.search;

/**
 * By what passages are ranked.
 */
public enum SearchMode {

	/**
	 * By meaning and by words, fused.
	 */
	HYBRID,

	/**
	 * By meaning: the cosine of the vectors.
	 */
	VECTOR,

	/**
	 * By words: BM25. No model is needed.
	 */
	LEXICAL

}
