package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.Set;

import io.reflectbatch.conversation.TokenCounter;

/**
 * Turns text into vectors with all-MiniLM-L6-v2 or another model, on the CPU, without a
 * network.
 * <p>
 * Thread-safe, and meant to be shared: a call computes on its own thread and waits for
 * nobody, so the number of calling threads is the degree of parallelism. The same text
 * gives the same vector, bit for bit, whatever runs beside it. Close it when no call is
 * under way.
 */
public final class Embedder implements AutoCloseable {

	private static final Set<String> INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

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

	/**
	 * With special tokens and prefix.
	 */
	private final int mostTokens;

	private final Prefix passage;

	private final Prefix query;

	private Embedder(Tokenizer tokenizer, Transformer transformer, int maximumTokens, int mostTokens, Prefix passage,
			Prefix query) {
		this.tokenizer = tokenizer;
		this.transformer = transformer;
		this.maximumTokens = maximumTokens;
		this.mostTokens = mostTokens;
		this.passage = passage;
		this.query = query;
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
		Transformer transformer = Transformer.open(files.fusedGraph(precision), files::shippedGraph, MOST_TOKENS);
		try {
			return new Embedder(Tokenizer.open(ModelFiles.TOKENIZER), transformer, maximumTokens, MOST_TOKENS,
					Prefix.NONE, Prefix.NONE);
		}
		catch (RuntimeException ex) {
			transformer.close();
			throw ex;
		}
	}

	/**
	 * Loads another model. One from a jar is unpacked under {@code home} at the first
	 * start.
	 * @param source its files
	 * @param model what it is
	 * @param maximumTokens where text is cut off, in tokens, special ones included and
	 * the prefix not
	 * @param home the directory of the application's files
	 * @throws EmbeddingException if the model cannot be unpacked or loaded
	 * @throws ModelSettingException if it is not what the configuration says
	 */
	static Embedder open(ModelSource source, ModelProperties model, int maximumTokens, Path home) {
		NativeLibraries.prepare(home);
		Transformer transformer = Transformer.open(source.graph(home), model.pooling(), model.maxTokens());
		try {
			requireInputs(transformer, model);
			requireDimension(transformer, model);
			Tokenizer tokenizer = Tokenizer.open(source.tokenizer());
			return new Embedder(tokenizer, transformer, maximumTokens, model.maxTokens(),
					prefix(model.passagePrefix(), tokenizer, model, maximumTokens),
					prefix(model.queryPrefix(), tokenizer, model, maximumTokens));
		}
		catch (RuntimeException ex) {
			transformer.close();
			throw ex;
		}
	}

	private static void requireInputs(Transformer transformer, ModelProperties model) {
		if (!INPUTS.containsAll(transformer.inputs())) {
			throw new ModelSettingException("model.location", """
					is '%s', whose graph has the inputs %s; expected a sentence model that takes no others than \
					input_ids, attention_mask and token_type_ids""".formatted(model.location(), transformer.inputs()),
					null);
		}
	}

	private static void requireDimension(Transformer transformer, ModelProperties model) {
		int dimension = transformer.run(new long[] { 0, 0, 0 }).length;
		if (dimension != model.dimension()) {
			throw new ModelSettingException("model.dimension",
					"is %d, but the vectors of %s have %d values; expected %d".formatted(model.dimension(),
							model.name(), dimension, dimension),
					null);
		}
	}

	private static Prefix prefix(String text, Tokenizer tokenizer, ModelProperties model, int maximumTokens) {
		int tokens = tokenizer.count(text);
		if (maximumTokens + tokens > model.maxTokens()) {
			throw new ModelSettingException("tokens",
					"""
							is %d; expected at most %d, since %s takes %d \
							(reflect.embedding.model.max-tokens), and %d of them are the prefix '%s'""".formatted(
							maximumTokens, model.maxTokens() - tokens, model.name(), model.maxTokens(), tokens, text),
					null);
		}
		return new Prefix(text, tokens);
	}

	private static void checkMaximumTokens(int maximumTokens) {
		if (maximumTokens < LEAST_TOKENS || maximumTokens > MOST_TOKENS) {
			throw new IllegalArgumentException(
					"The limit of tokens a text is %d, but all-MiniLM-L6-v2 takes %d to %d; 128 and 256 are usual"
						.formatted(maximumTokens, LEAST_TOKENS, MOST_TOKENS));
		}
	}

	/**
	 * Returns the vector of a text that is to be found, of length one.
	 * @param text any text; what is beyond the limit of tokens is counted, and has no
	 * influence
	 * @throws EmbeddingException if the model fails, for lack of memory for example
	 */
	public Embedding embed(String text) {
		return embed(this.passage, text, this.maximumTokens + this.passage.tokens());
	}

	/**
	 * Returns the vector of a text that was cut for another model, and may be longer than
	 * this one is asked to take.
	 * @param text any text; what is beyond the tokens that the model takes at all has no
	 * influence
	 * @throws EmbeddingException if the model fails, for lack of memory for example
	 */
	public Embedding embedWhole(String text) {
		return embed(this.passage, text, this.mostTokens);
	}

	/**
	 * Returns the vector of a question. Some models expect other words before it than
	 * before what answers it.
	 * @param question any text; what is beyond the limit of tokens has no influence
	 * @throws EmbeddingException if the model fails, for lack of memory for example
	 */
	public Embedding embedQuestion(String question) {
		return embed(this.query, question, this.maximumTokens + this.query.tokens());
	}

	private Embedding embed(Prefix prefix, String text, int limit) {
		String whole = prefix.before(text);
		long[] ids = this.tokenizer.ids(whole, limit);
		int tokens = withoutFrame(ids.length - this.tokenizer.specialTokens(), prefix);
		return new Embedding(this.transformer.run(ids), tokens,
				(ids.length < limit) ? tokens : withoutFrame(this.tokenizer.count(whole), prefix));
	}

	private static int withoutFrame(int tokens, Prefix prefix) {
		return Math.max(0, tokens - prefix.tokens());
	}

	/**
	 * Counts the tokens of this model, without truncation and special tokens.
	 * Thread-safe; of no use after {@link #close()}.
	 */
	public TokenCounter tokenCounter() {
		return this.tokenizer;
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

	/**
	 * What a model wants to read before a text.
	 *
	 * @param text its words
	 * @param tokens the number of tokens in them
	 */
	private record Prefix(String text, int tokens) {

		private static final Prefix NONE = new Prefix("", 0);

		String before(String following) {
			return this.text.isEmpty() ? following : this.text + following;
		}

	}

}
