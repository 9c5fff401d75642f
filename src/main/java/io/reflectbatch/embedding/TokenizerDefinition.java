package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What kind of tokenizer a {@code tokenizer.json} describes.
 */
final class TokenizerDefinition {

	private static final JsonFactory FACTORY = new JsonFactory();

	private static final Set<String> BERT = Set.of("BertNormalizer", "BertPreTokenizer", "WordPiece");

	private final JsonParser parser;

	private TokenizerDefinition(JsonParser parser) {
		this.parser = parser;
	}

	/**
	 * Returns whether it is BERT's: then the tokens of a text are those of its words, see
	 * {@link TextWords}. Reads no further than it has to: what comes last in a definition
	 * are some hundred thousand words.
	 * @param definition a {@code tokenizer.json}
	 */
	static boolean isBert(BundledFile definition) throws IOException {
		try (InputStream content = definition.open();
				JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), content)) {
			return new TokenizerDefinition(parser).types().equals(BERT);
		}
	}

	private Set<String> types() {
		Set<String> types = new HashSet<>();
		this.parser.nextToken();
		while (types.size() < BERT.size() && this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String part = this.parser.currentName();
			boolean isObject = this.parser.nextToken() == JsonToken.START_OBJECT;
			switch (part) {
				case "normalizer", "pre_tokenizer", "model" ->
					types.add(isObject ? type(part.equals("model")) : "none");
				default -> this.parser.skipChildren();
			}
		}
		return types;
	}

	private String type(boolean last) {
		String type = "";
		while ((type.isEmpty() || !last) && this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			boolean wanted = this.parser.currentName().equals("type");
			this.parser.nextToken();
			if (wanted) {
				type = this.parser.getString();
			}
			this.parser.skipChildren();
		}
		return type;
	}

}
