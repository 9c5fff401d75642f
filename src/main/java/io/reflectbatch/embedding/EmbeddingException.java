package io.reflectbatch.embedding;

/**
 * The embedding model cannot be loaded or run. The message says what failed, where, and
 * what to do.
 */
public final class EmbeddingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public EmbeddingException(String message) {
		super(message);
	}

	public EmbeddingException(String message, Throwable cause) {
		super(message, cause);
	}

}
