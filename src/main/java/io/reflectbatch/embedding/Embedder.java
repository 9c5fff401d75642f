package io.reflectbatch.embedding;

import java.nio.file.Path;

import io.reflectbatch.conversation.TokenCounter;

/**
 * Turns text into vectors with all-MiniLM-L6-v2, on the CPU, without a network.
 * <p>
 * Thread-safe, and meant to be shared: a call computes on its own thread and waits for
 * nobody, so the number of calling threads is the degree of parallelism. The same text
 * gives the same vector, bit for bit, whatever runs beside it. Close it when no call is
 * under way.
 */
public final class Embedder implements AutoCloseable {

	private static final int DIMENSION = 384;

	/**
	 * [CLS] and [SEP].
	 */
	private static final int SPECIAL_TOKENS = 2;

	/**
	 * One token between the two special ones.
	 */
	private static final int LEAST_TOKENS = 3;

	/**
	 * The model has no more position embeddings.
	 */
	private static final int MOST_TOKENS = 512;

	private final Tokenizer tokenizer;

	private final Transformer transformer;

	private final int maximumTokens;

	private Embedder(Tokenizer tokenizer, Transformer transformer, int maximumTokens) {
		this.tokenizer = tokenizer;
		this.transformer = transformer;
		this.maximumTokens = maximumTokens;
	}

	/**
	 * Loads the model. At the first start the model and the native libraries are unpacked
	 * under {@code home}, 66 MB or 134 MB. Nothing is written elsewhere, but ONNX Runtime
	 * keeps an empty directory in {@code java.io.tmpdir} until the JVM exits.
	 * @param precision which variant of the model
	 * @param maximumTokens where text is cut off, in tokens, [CLS] and [SEP] included; 3
	 * to 512
	 * @param home the directory of the application's files
	 * @throws EmbeddingException if the model cannot be unpacked or loaded
	 */
	public static Embedder open(Precision precision, int maximumTokens, Path home) {
		checkMaximumTokens(maximumTokens);
		NativeLibraries.prepare(home);
		ModelFiles files = new ModelFiles(home.resolve("model"));
		Transformer transformer = Transformer.open(files.fusedGraph(precision), files::shippedGraph, maximumTokens);
		try {
			return new Embedder(Tokenizer.open(ModelFiles.TOKENIZER), transformer, maximumTokens);
		}
		catch (RuntimeException ex) {
			transformer.close();
			throw ex;
		}
	}

	private static void checkMaximumTokens(int maximumTokens) {
		if (maximumTokens < LEAST_TOKENS || maximumTokens > MOST_TOKENS) {
			throw new IllegalArgumentException(
					"The limit of tokens a text is %d, but all-MiniLM-L6-v2 takes %d to %d; 128 and 256 are usual"
						.formatted(maximumTokens, LEAST_TOKENS, MOST_TOKENS));
		}
	}

	/**
	 * Returns the vector of a text: the mean of its tokens' vectors, of length one.
	 * @param text any text; what is beyond the limit of tokens is counted, and has no
	 * influence
	 * @return the vector, with as many components as {@link #dimension()} says
	 * @throws EmbeddingException if the model fails, for lack of memory for example
	 */
	public Embedding embed(String text) {
		long[] ids = this.tokenizer.ids(text, this.maximumTokens);
		int tokens = ids.length - SPECIAL_TOKENS;
		return new Embedding(this.transformer.run(ids), tokens,
				(ids.length < this.maximumTokens) ? tokens : this.tokenizer.count(text));
	}

	/**
	 * Counts the tokens of this model, without truncation and special tokens.
	 * Thread-safe; of no use after {@link #close()}.
	 */
	public TokenCounter tokenCounter() {
		return this.tokenizer;
	}

	/**
	 * The number of values of a vector.
	 */
	public int dimension() {
		return DIMENSION;
	}

	/**
	 * Releases the native memory.
	 */
	@Override
	public void close() {
		try (this.tokenizer) {
			this.transformer.close();
		}
	}

}
