package io.reflectbatch.conversation;

import java.io.IOException;
import java.io.Reader;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads one line, whatever the order of its keys. One instance a line.
 */
final class LogEntryParser {

	private final LineJson json;

	private String type = "";

	private @Nullable String uuid;

	private @Nullable String timestamp;

	private boolean hasTimestamp;

	private boolean meta;

	private boolean sidechain;

	private boolean compactSummary;

	private boolean apiError;

	private LogEntry.@Nullable Said message;

	private String operation = "";

	private LogEntry.Content content = LogEntry.Content.NONE;

	private LogEntry.@Nullable QueuedPrompt attached;

	private @Nullable String author;

	private @Nullable String title;

	private LogEntryParser(LineJson json) {
		this.json = json;
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
			LogEntry entry = new LogEntryParser(json).parse(offset, number);
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

	private LogEntry parse(long offset, long number) throws UnreadableLineException {
		for (String name = this.json.nextProperty(); name != null; name = this.json.nextProperty()) {
			property(name);
		}
		return new LogEntry(offset, number, this.type, this.uuid, this.timestamp, this.hasTimestamp,
				new LogEntry.Flags(this.meta, this.sidechain, this.compactSummary, this.apiError), this.message,
				prompt(), title());
	}

	private void property(String name) throws UnreadableLineException {
		switch (name) {
			case "type" -> this.type = textOrEmpty();
			case "uuid" -> this.uuid = this.json.text();
			case "timestamp" -> timestamp();
			case "isMeta" -> this.meta = flag();
			case "isSidechain" -> this.sidechain = flag();
			case "isCompactSummary" -> this.compactSummary = flag();
			case "isApiErrorMessage" -> this.apiError = flag();
			case "message" -> this.message = message();
			case "operation" -> this.operation = textOrEmpty();
			case "content" -> content();
			case "attachment" -> attachment();
			case "origin" -> this.author = author();
			case "summary", "title", "aiTitle", "customTitle", "agentName" -> this.title = this.json.text();
			default -> this.json.skip();
		}
	}

	private void timestamp() {
		this.hasTimestamp = true;
		this.timestamp = this.json.textOrNumber();
	}

	private LogEntry.@Nullable Said message() throws UnreadableLineException {
		if (!this.json.isObject()) {
			this.json.skip();
			return null;
		}
		String role = "";
		String model = null;
		LogEntry.Content said = LogEntry.Content.NONE;
		for (String name = this.json.nextProperty(); name != null; name = this.json.nextProperty()) {
			switch (name) {
				case "role" -> role = textOrEmpty();
				case "model" -> model = this.json.text();
				case "content" -> said = ContentParser.parse(this.json);
				default -> this.json.skip();
			}
		}
		return new LogEntry.Said(role, model, said);
	}

	/**
	 * Other types of lines, for example {@code system}, have contents of no interest.
	 */
	private void content() throws UnreadableLineException {
		if (this.type.isEmpty() || isQueueOperation()) {
			this.content = ContentParser.parse(this.json);
		}
		else {
			this.json.skip();
		}
	}

	private void attachment() throws UnreadableLineException {
		if (!this.json.isObject()) {
			this.json.skip();
			return;
		}
		String kind = "";
		String writer = null;
		LogEntry.Content prompt = LogEntry.Content.NONE;
		for (String name = this.json.nextProperty(); name != null; name = this.json.nextProperty()) {
			switch (name) {
				case "type" -> kind = textOrEmpty();
				case "prompt" -> prompt = ContentParser.parse(this.json);
				case "origin" -> writer = author();
				default -> this.json.skip();
			}
		}
		this.attached = kind.equals("queued_command")
				? new LogEntry.QueuedPrompt(Origin.ATTACHMENT, prompt.text(), writer) : null;
	}

	private @Nullable String author() {
		if (!this.json.isObject()) {
			this.json.skip();
			return null;
		}
		String kind = null;
		for (String name = this.json.nextProperty(); name != null; name = this.json.nextProperty()) {
			if (name.equals("kind")) {
				kind = this.json.text();
			}
			else {
				this.json.skip();
			}
		}
		return kind;
	}

	private LogEntry.@Nullable QueuedPrompt prompt() {
		if (this.attached != null && this.type.equals("attachment")) {
			return (this.attached.author() != null) ? this.attached
					: new LogEntry.QueuedPrompt(Origin.ATTACHMENT, this.attached.text(), this.author);
		}
		if (isQueueOperation() && this.operation.equals("enqueue")) {
			return new LogEntry.QueuedPrompt(Origin.QUEUE, this.content.text(), this.author);
		}
		return null;
	}

	private boolean isQueueOperation() {
		return this.type.equals("queue-operation");
	}

	private @Nullable String title() {
		return switch (this.type) {
			case "summary", "ai-title", "custom-title", "agent-name" ->
				(this.title == null || this.title.isBlank()) ? null : this.title.strip();
			default -> null;
		};
	}

	private String textOrEmpty() {
		String text = this.json.text();
		return (text != null) ? text : "";
	}

	private boolean flag() {
		boolean flag = this.json.isTrue();
		this.json.skip();
		return flag;
	}

}
