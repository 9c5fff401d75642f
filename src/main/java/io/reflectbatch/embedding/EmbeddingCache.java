package io.reflectbatch.embedding;

import java.nio.file.Path;

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
	 * Opens a cache on disk. A file that cannot be used is a warning and no cache: it
	 * makes an import slower, and nothing else.
	 * @param file where it is, and is created if there is none
	 * @param size how large it may be, in bytes
	 * @param model what makes the vectors; what another one made is not found, and gives
	 * way in time
	 */
	static EmbeddingCache open(Path file, long size, EmbeddingModel model) {
		return StoredEmbeddings.open(file, size, model);
	}

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
