package io.reflectbatch.embedding;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How text becomes vectors.
 *
 * @param precision the arithmetic of all-MiniLM-L6-v2, the model that comes with the
 * application; another model has its own
 * @param tokens how many tokens of a text the model takes, special ones such as [CLS]
 * included, and a prefix not
 * @param cacheSize how large the cache of vectors on disk may be; 0 for none
 * @param model another model; none for all-MiniLM-L6-v2
 */
public record EmbeddingProperties(@DefaultValue("int8") Precision precision,
		@DefaultValue("256") @Min(16) @Max(512) int tokens, @DefaultValue("0") DataSize cacheSize,
		@Valid @Nullable ModelProperties model) {

	/** Its keys are in memory, 85 bytes each. */
	private static final DataSize LARGEST_CACHE = DataSize.ofMegabytes(500);

	public EmbeddingProperties {
		if (cacheSize.isNegative() || cacheSize.compareTo(LARGEST_CACHE) > 0) {
			throw new IllegalArgumentException("reflect.embedding.cache-size is " + cacheSize
					+ "; expected 0 for no cache, or a size up to 500MB, such as 200MB");
		}
		if (model != null && tokens > model.maxTokens()) {
			throw new IllegalArgumentException("""
					reflect.embedding.tokens is %d; expected at most %d, which is what %s takes \
					(reflect.embedding.model.max-tokens): what is longer would not be found""".formatted(tokens,
					model.maxTokens(), model.name()));
		}
	}

	/**
	 * Returns whether vectors are kept for texts that come again.
	 */
	public boolean hasCache() {
		return this.cacheSize.toBytes() > 0;
	}

}
