package io.reflectbatch.importing;

import java.util.Set;
import java.util.function.Supplier;

import io.reflectbatch.conversation.Chunker;
import io.reflectbatch.conversation.DefaultRule;
import io.reflectbatch.conversation.MessageChunker;
import io.reflectbatch.conversation.MessageRule;
import io.reflectbatch.conversation.Noise;
import io.reflectbatch.conversation.Redactor;
import io.reflectbatch.conversation.ReferenceRule;
import io.reflectbatch.conversation.TokenCounter;
import io.reflectbatch.conversation.WindowChunker;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.ledger.Recipe;

/**
 * How files become chunks in this run: the rule that selects messages, what is left out
 * of them, and the strategy that groups them.
 */
final class Chunking {

	private final ChunkingProperties chunking;

	private final RedactionProperties redaction;

	private final EmbeddingModel model;

	private final String store;

	private final Supplier<TokenCounter> tokens;

	private final Set<Noise> kept;

	/**
	 * Creates the chunking of a run.
	 * @param chunking the strategy
	 * @param redaction what is left out
	 * @param model the model, and how much it takes
	 * @param store the kind of store
	 * @param tokens counts its tokens; asked only when something is to be cut, since it
	 * loads the model
	 */
	Chunking(ChunkingProperties chunking, RedactionProperties redaction, EmbeddingModel model, String store,
			Supplier<TokenCounter> tokens) {
		this(chunking, redaction, model, store, tokens, Set.of());
	}

	private Chunking(ChunkingProperties chunking, RedactionProperties redaction, EmbeddingModel model, String store,
			Supplier<TokenCounter> tokens, Set<Noise> kept) {
		this.chunking = chunking;
		this.redaction = redaction;
		this.model = model;
		this.store = store;
		this.tokens = tokens;
		this.kept = kept;
	}

	/**
	 * Returns the same, without some of the rules that leave noise out: for measuring
	 * what they do. The recipe does not tell, so this is for a data directory of its own.
	 * @param noise what is kept; the reference keeps all
	 */
	Chunking keeping(Set<Noise> noise) {
		return new Chunking(this.chunking, this.redaction, this.model, this.store, this.tokens, Set.copyOf(noise));
	}

	/**
	 * Returns whether noise of a kind is kept.
	 */
	boolean keeps(Noise noise) {
		return isReference() || this.kept.contains(noise);
	}

	boolean isReference() {
		return this.chunking.strategy() == ChunkingProperties.Strategy.MESSAGES;
	}

	MessageRule rule() {
		return isReference() ? new ReferenceRule() : new DefaultRule(this.kept);
	}

	Redactor redactor() {
		return this.redaction.enabled() ? Redactor.ofSecrets() : Redactor.none();
	}

	Chunker chunker(int firstChunk) {
		return isReference() ? new MessageChunker(this.chunking.messages(), firstChunk) : new WindowChunker(
				this.tokens.get(), this.model.tokens(), this.chunking.overlap(), this.chunking.messages(), firstChunk);
	}

	/**
	 * What the ledger remembers, so that a file is never continued in another way.
	 */
	Recipe recipe() {
		String chunks = isReference() ? "messages/" + this.chunking.messages()
				: "windows/" + this.model.tokens() + overlap() + "/" + this.chunking.messages() + tokenizer();
		String redacted = this.redaction.enabled() ? "/redacted-" + Redactor.version() : "";
		return new Recipe(chunks + redacted, this.model.recipe(), this.store);
	}

	private String overlap() {
		return (this.chunking.overlap() > 0) ? "+" + this.chunking.overlap() : "";
	}

	private String tokenizer() {
		return this.model.tokenizer().isEmpty() ? "" : "/" + this.model.tokenizer();
	}

}
