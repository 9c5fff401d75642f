package io.reflectbatch.ledger;

/**
 * How the points of a file were made.
 *
 * @param chunking the chunking strategy with its limits, for example
 * {@code windows/256/10/redacted-1}: with the version of the rules by which secrets were
 * left out, if they were, and before that the tokenizer, if it was not that of
 * all-MiniLM-L6-v2
 * @param model the embedding model with its precision and input length, for example
 * {@code all-minilm-l6-v2/int8-fused-3/256}
 * @param store the kind of store they are in, for example {@code qdrant}
 */
public record Recipe(String chunking, String model, String store) {

	/**
	 * What the Python importer does.
	 */
	public static final Recipe REFERENCE = new Recipe("messages/10", "all-minilm-l6-v2/fp32/128", "qdrant");

	/**
	 * Returns the part of the model that tells which vectors compare with one another,
	 * and so which collections the points are in.
	 */
	public String family() {
		int end = this.model.indexOf('/');
		return (end < 0) ? this.model : this.model.substring(0, end);
	}

}
