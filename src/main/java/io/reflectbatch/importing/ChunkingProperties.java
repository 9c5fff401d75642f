package io.reflectbatch.importing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How conversations are cut into chunks.
 *
 * @param strategy {@code windows} covers every token, {@code messages} is what the
 * reference does
 * @param messages the number of messages a chunk has at most
 * @param overlap how many tokens of a window the next one repeats at most, where a long
 * message is cut; for {@code windows} only
 */
public record ChunkingProperties(@DefaultValue("windows") Strategy strategy,
		@DefaultValue("10") @Min(1) @Max(1000) int messages, @DefaultValue("0") @Min(0) @Max(256) int overlap) {

	/**
	 * The ways to cut a conversation.
	 */
	public enum Strategy {

		/**
		 * Chunks that fit the model: every token is embedded.
		 */
		WINDOWS,

		/**
		 * A fixed number of messages, whatever their length: the reference importer's
		 * chunks.
		 */
		MESSAGES

	}

}
