package io.reflectbatch.embedding;

import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * What there is to know of the model that the configuration names before it is loaded:
 * above all which vectors compare with its own. Thread-safe.
 */
public final class EmbeddingModel {

	/**
	 * The family of all-MiniLM-L6-v2, whose vectors compare whatever their precision.
	 */
	public static final String BUNDLED = "all-minilm-l6-v2";

	private static final int BUNDLED_DIMENSION = 384;

	private final EmbeddingProperties properties;

	private final @Nullable ModelProperties other;

	private final @Nullable ModelSource source;

	private EmbeddingModel(EmbeddingProperties properties, @Nullable ModelProperties other,
			@Nullable ModelSource source) {
		this.properties = properties;
		this.other = other;
		this.source = source;
	}

	/**
	 * Looks for the model. One in a directory is read once, to tell it from another one
	 * that had its place before.
	 * @param properties which model
	 * @throws ModelSettingException if it is not there
	 */
	public static EmbeddingModel of(EmbeddingProperties properties) {
		ModelProperties other = properties.model();
		return new EmbeddingModel(properties, other, (other != null) ? ModelSource.of(other) : null);
	}

	/**
	 * Names the vectors that compare with one another, for example
	 * {@code bge-small-en-v1.5_384_3f2a9c01}: the last part stands for everything that
	 * makes them what they are.
	 */
	public String family() {
		return (this.other != null && this.source != null)
				? "%s_%d_%s".formatted(this.other.name(), this.other.dimension(), fingerprint(this.other, this.source))
				: BUNDLED;
	}

	private static String fingerprint(ModelProperties model, ModelSource source) {
		CRC32 crc = new CRC32();
		for (String part : List.of(source.graphCrc(), source.tokenizer().crc(), model.pooling().name(),
				model.passagePrefix())) {
			crc.update(part.getBytes(StandardCharsets.UTF_8));
			crc.update('\n');
		}
		return "%08x".formatted(crc.getValue());
	}

	/**
	 * Names what makes the vectors, for the ledger: family, precision and input length,
	 * for example {@code all-minilm-l6-v2/int8-fused-3/256}.
	 */
	public String recipe() {
		String precision = (this.other != null) ? "" : this.properties.precision().vectors() + "/";
		return family() + "/" + precision + this.properties.tokens();
	}

	/**
	 * Names what counts tokens, for the ledger, since it decides where windows end; empty
	 * for all-MiniLM-L6-v2.
	 */
	public String tokenizer() {
		return (this.source != null) ? this.source.tokenizer().crc() : "";
	}

	/**
	 * How many tokens of a text it takes, special ones included.
	 */
	public int tokens() {
		return this.properties.tokens();
	}

	/**
	 * The name of the model, for people.
	 */
	public String name() {
		return (this.other != null) ? this.other.name() : "all-MiniLM-L6-v2";
	}

	/**
	 * The number of values of a vector.
	 */
	public int dimension() {
		return (this.other != null) ? this.other.dimension() : BUNDLED_DIMENSION;
	}

	/**
	 * Returns whether the model knows languages that are written so. The one that comes
	 * with the application was trained on English.
	 * @param script how a text is written
	 */
	public boolean knows(UnicodeScript script) {
		return (this.other != null) ? this.other.scripts().isEmpty() || scripts(this.other).contains(script)
				: script == UnicodeScript.LATIN;
	}

	private static Set<UnicodeScript> scripts(ModelProperties model) {
		EnumSet<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
		model.scripts().forEach((script) -> scripts.add(UnicodeScript.forName(script)));
		return scripts;
	}

	/**
	 * The size of the graph of a model that does not come with the application, in bytes;
	 * 0 for the one that does.
	 */
	public long size() {
		return (this.source != null) ? this.source.size() : 0;
	}

	/**
	 * Loads the model.
	 * @param home the directory of the application's files
	 * @throws EmbeddingException if it cannot be loaded
	 * @throws ModelSettingException if it is not what the configuration says
	 */
	public Embedder open(Path home) {
		return (this.other != null && this.source != null)
				? Embedder.open(this.source, this.other, this.properties.tokens(), home)
				: Embedder.open(this.properties.precision(), this.properties.tokens(), home);
	}

}
