package io.reflectbatch.conversation;

/**
 * Counts the tokens of an embedding model. No token reaches across white space, and what
 * is on one side of white space does not change the tokens on the other, as in BERT's
 * pre-tokenizer.
 */
public interface TokenCounter {

	/**
	 * Returns where each token ends.
	 * @param text any text
	 * @return for every token, in order, the index of the first {@code char} after it;
	 * special tokens such as [CLS] and [SEP] are not among them; never inside a surrogate
	 * pair
	 */
	int[] tokenEnds(String text);

	/**
	 * Returns the number of tokens of a text, without special tokens.
	 * @param text any text
	 */
	default int count(String text) {
		return tokenEnds(text).length;
	}

}
