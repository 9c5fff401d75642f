package io.reflectbatch.bench.search;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.reflectbatch.conversation.Noise;
import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.embedding.Precision;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * A way to import that is compared with others, as it is written:
 * {@code windows-256+32x10/int8/lucene}. What may be left out are the overlap, the number
 * of messages, the precision, another model, the store, and the noise to keep.
 *
 * @param strategy {@code windows} or {@code messages}
 * @param tokens how many tokens the model takes
 * @param overlap how many tokens of a window the next one repeats
 * @param messages how many messages a chunk has at most
 * @param precision the arithmetic of the model
 * @param model another model, if any
 * @param kept the noise that is not left out
 * @param inQdrant whether the store is Qdrant, and not Lucene
 */
record Variant(String strategy, int tokens, int overlap, int messages, Precision precision, @Nullable Model model,
		Set<Noise> kept, boolean inQdrant) {

	private static final Pattern CHUNKING = Pattern.compile("(windows|messages)-(\\d+)(?:\\+(\\d+))?(?:x(\\d+))?");

	private static final int MESSAGES = 10;

	private static final String KEEP = "keep-";

	/**
	 * Reads a variant.
	 * @param text as it is written on the command line
	 */
	static Variant parse(String text) {
		List<String> parts = Pattern.compile("/").splitAsStream(text).toList();
		Matcher chunking = CHUNKING.matcher(parts.getFirst());
		if (!chunking.matches()) {
			throw new IllegalArgumentException(
					"'%s' is no way to import; expected one such as windows-256, windows-256+32x10/fp32 or messages-128/qdrant"
						.formatted(text));
		}
		Precision precision = Precision.INT8;
		Model model = null;
		Set<Noise> kept = new TreeSet<>();
		boolean inQdrant = false;
		for (String part : parts.subList(1, parts.size())) {
			switch (part) {
				case "int8", "fp32" -> precision = Precision.valueOf(part.toUpperCase(Locale.ROOT));
				case "lucene", "qdrant" -> inQdrant = part.equals("qdrant");
				default -> {
					if (part.startsWith(KEEP)) {
						kept.addAll(noise(part.substring(KEEP.length())));
					}
					else {
						model = Model.named(part);
					}
				}
			}
		}
		return new Variant(chunking.group(1), Integer.parseInt(chunking.group(2)), number(chunking.group(3), 0),
				number(chunking.group(4), MESSAGES), precision, model, kept, inQdrant);
	}

	private static int number(@Nullable String digits, int otherwise) {
		return (digits != null) ? Integer.parseInt(digits) : otherwise;
	}

	private static Set<Noise> noise(String name) {
		return name.equals("all") ? Set.of(Noise.values())
				: Set.of(Noise.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
	}

	/**
	 * The model, as the configuration has it.
	 */
	EmbeddingProperties embedding() {
		return new EmbeddingProperties(this.precision, this.tokens, DataSize.ofBytes(0),
				(this.model != null) ? this.model.properties() : null);
	}

	/**
	 * The job file of this variant. It takes all files, as the default does, so that all
	 * variants have the same to find.
	 */
	String job() {
		return """
				reflect:
				  job: import
				  chunking:
				    strategy: %s
				    messages: %d
				    overlap: %d
				  store:
				    type: %s
				  embedding:
				    precision: %s
				    tokens: %d
				%s""".formatted(this.strategy, this.messages, this.overlap, this.inQdrant ? "qdrant" : "lucene",
				this.precision.name().toLowerCase(Locale.ROOT), this.tokens,
				(this.model != null) ? this.model.yaml() : "");
	}

	/**
	 * The shortest way to write it: what is the default is left out.
	 */
	@Override
	public String toString() {
		return this.strategy + "-" + this.tokens + ((this.overlap > 0) ? "+" + this.overlap : "")
				+ ((this.messages != MESSAGES) ? "x" + this.messages : "")
				+ ((this.precision == Precision.FP32) ? "/fp32" : "") + ((this.model != null) ? "/" + this.model : "")
				+ noise() + (this.inQdrant ? "/qdrant" : "");
	}

	private String noise() {
		if (this.kept.size() == Noise.values().length) {
			return "/" + KEEP + "all";
		}
		StringBuilder names = new StringBuilder();
		this.kept.forEach((noise) -> names.append('/')
			.append(KEEP)
			.append(noise.name().toLowerCase(Locale.ROOT).replace('_', '-')));
		return names.toString();
	}

}
