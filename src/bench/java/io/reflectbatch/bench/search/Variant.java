package io.reflectbatch.bench.search;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.reflectbatch.embedding.Precision;

/**
 * A way to import that is compared with others, as it is written:
 * {@code windows-256+32x10/int8/lucene}. What may be left out are the overlap, the number
 * of messages, the precision and the store.
 *
 * @param strategy {@code windows} or {@code messages}
 * @param tokens how many tokens the model takes
 * @param overlap how many tokens of a window the next one repeats
 * @param messages how many messages a chunk has at most
 * @param precision the arithmetic of the model
 * @param store {@code lucene} or {@code qdrant}
 */
record Variant(String strategy, int tokens, int overlap, int messages, Precision precision, String store) {

	static final String QDRANT = "qdrant";

	private static final Pattern CHUNKING = Pattern.compile("(windows|messages)-(\\d+)(?:\\+(\\d+))?(?:x(\\d+))?");

	private static final int MESSAGES = 10;

	/**
	 * Reads a variant.
	 * @param text as it is written on the command line
	 */
	static Variant parse(String text) {
		String[] parts = text.split("/");
		Matcher chunking = CHUNKING.matcher(parts[0]);
		if (!chunking.matches()) {
			throw new IllegalArgumentException(
					"'%s' is no way to import; expected one such as windows-256, windows-256+32x10/fp32 or messages-128/qdrant"
						.formatted(text));
		}
		Precision precision = Precision.INT8;
		String store = "lucene";
		for (String part : List.of(parts).subList(1, parts.length)) {
			switch (part) {
				case "int8", "fp32" -> precision = Precision.valueOf(part.toUpperCase(Locale.ROOT));
				case "lucene", QDRANT -> store = part;
				default -> throw new IllegalArgumentException(
						"'%s' in '%s' is unknown; expected int8, fp32, lucene or qdrant".formatted(part, text));
			}
		}
		return new Variant(chunking.group(1), Integer.parseInt(chunking.group(2)), number(chunking.group(3), 0),
				number(chunking.group(4), MESSAGES), precision, store);
	}

	private static int number(String digits, int otherwise) {
		return (digits != null) ? Integer.parseInt(digits) : otherwise;
	}

	boolean isInQdrant() {
		return this.store.equals(QDRANT);
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
				  embedding:
				    precision: %s
				    tokens: %d
				  store:
				    type: %s
				""".formatted(this.strategy, this.messages, this.overlap, precisionName(), this.tokens, this.store);
	}

	private String precisionName() {
		return this.precision.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The shortest way to write it: what is the default is left out.
	 */
	@Override
	public String toString() {
		return this.strategy + "-" + this.tokens + ((this.overlap > 0) ? "+" + this.overlap : "")
				+ ((this.messages != MESSAGES) ? "x" + this.messages : "")
				+ ((this.precision == Precision.FP32) ? "/fp32" : "") + (isInQdrant() ? "/qdrant" : "");
	}

}
