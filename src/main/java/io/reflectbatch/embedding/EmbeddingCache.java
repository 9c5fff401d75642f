package io.reflectbatch.embedding;

import org.jspecify.annotations.Nullable;

/**
 * Vectors of texts that were embedded before. Thread-safe.
 */
public interface EmbeddingCache extends AutoCloseable {

	/**
	 * Knows nothing, and stays so.
	 */
	EmbeddingCache NONE = new EmbeddingCache() {

		@Override
		public @Nullable Embedding find(String text) {
			return null;
		}

		@Override
		public void add(String text, Embedding embedding) {
			// There is no place for it.
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	};

	/**
	 * Returns the vector of a text.
	 * @param text the text, as the model would get it
	 * @return the very vector that the model has made of it; null if it is not here
	 */
	@Nullable Embedding find(String text);

	/**
	 * Keeps a vector. The oldest give way if there is no room.
	 * @param text its text
	 * @param embedding the vector
	 */
	void add(String text, Embedding embedding);

	@Override
	void close();

}
