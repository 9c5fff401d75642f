package io.reflectbatch.ledger;

/**
 * How a file differs from what was imported.
 */
public enum Change {

	/**
	 * Never imported.
	 */
	NEW,

	/**
	 * Lines were appended; what was imported still stands before them.
	 */
	GROWN,

	/**
	 * Something else stands where the imported lines were, or they are to be imported in
	 * another way.
	 */
	REWRITTEN,

	/**
	 * Not at all: another model is to embed what was imported.
	 */
	REEMBEDDED

}
