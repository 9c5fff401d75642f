package io.reflectbatch.embedding;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How text becomes vectors.
 *
 * @param precision the arithmetic of the model
 * @param tokens how many tokens of a text the model takes, [CLS] and [SEP] included
 */
public record EmbeddingProperties(@DefaultValue("int8") Precision precision,
		@DefaultValue("256") @Min(16) @Max(512) int tokens) {

	/**
	 * Names what makes the vectors, for example {@code all-minilm-l6-v2/int8-fused/256}.
	 */
	public String name() {
		return "all-minilm-l6-v2/" + this.precision.vectors() + "/" + this.tokens;
	}

}
