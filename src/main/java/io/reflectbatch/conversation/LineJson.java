package io.reflectbatch.conversation;

import java.io.Reader;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The JSON of one line, token by token. A value that is not asked for is passed over
 * without being kept, however long it is.
 */
final class LineJson implements AutoCloseable {

	/**
	 * The most characters of one text. The largest text seen has 882,000; anything beyond
	 * is refused before it is in memory.
	 */
	static final int MAX_TEXT_LENGTH = 4 * 1024 * 1024;

	static final int MAX_NUMBER_LENGTH = 100_000;

	static final int MAX_DEPTH = 10_000;

	/**
	 * Names are not kept in a table: it would grow with every name of a long line.
	 * {@code NaN} and {@code Infinity} occur, since Python writes and reads them.
	 */
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxStringLength(MAX_TEXT_LENGTH)
			.maxNameLength(MAX_TEXT_LENGTH)
			.maxNumberLength(MAX_NUMBER_LENGTH)
			.maxNestingDepth(MAX_DEPTH)
			.build())
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.build();

	private final JsonParser parser;

	LineJson(Reader line) {
		this.parser = FACTORY.createParser(ObjectReadContext.empty(), line);
	}

	/**
	 * Moves on to the next token.
	 * @return the token, or {@code null} at the end of the line
	 */
	@Nullable JsonToken next() {
		return this.parser.nextToken();
	}

	/**
	 * Moves on to the value of the next property of the object; after an object whose
	 * properties were all read, nothing is left of it.
	 * @return the name of the property, or {@code null} at the end of the object
	 */
	@Nullable String nextProperty() {
		String name = this.parser.nextName();
		if (name != null) {
			this.parser.nextToken();
		}
		return name;
	}

	/**
	 * Moves on to the next element of the array.
	 * @return whether there is one
	 */
	boolean nextElement() {
		return this.parser.nextToken() != JsonToken.END_ARRAY;
	}

	boolean isObject() {
		return this.parser.currentToken() == JsonToken.START_OBJECT;
	}

	boolean isArray() {
		return this.parser.currentToken() == JsonToken.START_ARRAY;
	}

	boolean isText() {
		return this.parser.currentToken() == JsonToken.VALUE_STRING;
	}

	boolean isTrue() {
		return this.parser.currentToken() == JsonToken.VALUE_TRUE;
	}

	/**
	 * Returns the value if it is a text, and passes over it otherwise.
	 */
	@Nullable String text() {
		if (isText()) {
			return WellFormed.of(this.parser.getString());
		}
		skip();
		return null;
	}

	/**
	 * Returns the value if it is a text, and passes over it otherwise.
	 */
	String textOrEmpty() {
		String text = text();
		return (text != null) ? text : "";
	}

	/**
	 * Returns the value if it is a text or a number, and passes over it otherwise.
	 */
	@Nullable String textOrNumber() {
		JsonToken token = this.parser.currentToken();
		return (token != null && token.isNumeric()) ? this.parser.getString() : text();
	}

	/**
	 * Passes over the value.
	 */
	void skip() {
		this.parser.skipChildren();
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
