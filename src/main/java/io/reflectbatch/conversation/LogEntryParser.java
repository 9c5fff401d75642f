package io.reflectbatch.conversation;

import java.io.IOException;
import java.io.Reader;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads a line that should be one JSON object and nothing else.
 */
final class LogEntryParser {

	private LogEntryParser() {
	}

	/**
	 * Reads a line.
	 * @param line the characters of the line
	 * @param offset the byte offset of the line
	 * @param number the number of the line
	 * @return the entry, or {@code null} if the line is blank
	 * @throws UnreadableLineException if the line is not one JSON object
	 * @throws IOException if the file cannot be read
	 */
	static @Nullable LogEntry parse(Reader line, long offset, long number) throws UnreadableLineException, IOException {
		try (LineJson json = new LineJson(line)) {
			JsonToken first = json.next();
			if (first == null) {
				return null;
			}
			requireObject(first);
			LogEntry entry = new LogEntryFields(json).read(offset, number);
			requireEnd(json);
			return entry;
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
		catch (JacksonException ex) {
			throw UnreadableLineException.because(ex);
		}
	}

	private static void requireObject(JsonToken first) throws UnreadableLineException {
		if (first != JsonToken.START_OBJECT) {
			throw new UnreadableLineException("not a JSON object but " + switch (first) {
				case START_ARRAY -> "an array";
				case VALUE_STRING -> "a text";
				case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
				case VALUE_TRUE, VALUE_FALSE -> "a truth value";
				default -> "null";
			});
		}
	}

	private static void requireEnd(LineJson json) throws UnreadableLineException {
		JsonToken next;
		try {
			next = json.next();
		}
		catch (JacksonIOException ex) {
			throw ex;
		}
		catch (JacksonException ex) {
			throw new UnreadableLineException("text after the JSON object");
		}
		if (next != null) {
			throw new UnreadableLineException(
					(next == JsonToken.START_OBJECT) ? "two objects on one line" : "text after the JSON object");
		}
	}

}
