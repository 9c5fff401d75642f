package io.reflectbatch.embedding;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How text becomes vectors.
 *
 * @param precision the arithmetic of all-MiniLM-L6-v2, the model that comes with the
 * application; another model has its own
 * @param tokens how many tokens of a text the model takes, special ones such as [CLS]
 * included, and a prefix not
 * @param model another model; none for all-MiniLM-L6-v2
 */
public record EmbeddingProperties(@DefaultValue("int8") Precision precision,
		@DefaultValue("256") @Min(16) @Max(512) int tokens, @Valid @Nullable ModelProperties model) {

	public EmbeddingProperties {
		if (model != null && tokens > model.maxTokens()) {
			throw new IllegalArgumentException("""
					reflect.embedding.tokens is %d; expected at most %d, which is what %s takes \
					(reflect.embedding.model.max-tokens): what is longer would not be found""".formatted(tokens,
					model.maxTokens(), model.name()));
		}
	}

}
