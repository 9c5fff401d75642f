package io.reflectbatch.conversation;

import org.jspecify.annotations.Nullable;

/**
 * Gathers the fields of one line, whatever the order of its keys. One instance a line.
 */
final class LogEntryFields {

	private final LineJson json;

	private String type = "";

	private @Nullable String uuid;

	private @Nullable String timestamp;

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

	LogEntryFields(LineJson json) {
		this.json = json;
	}

	/**
	 * Reads the object that has just begun, to its end.
	 */
	LogEntry read(long offset, long number) throws UnreadableLineException {
		for (String name = this.json.nextProperty(); name != null; name = this.json.nextProperty()) {
			property(name);
		}
		return new LogEntry(offset, number, this.type, this.uuid, this.timestamp,
				new LogEntry.Flags(this.meta, this.sidechain, this.compactSummary, this.apiError), this.message,
				prompt(), title());
	}

	private void property(String name) throws UnreadableLineException {
		switch (name) {
			case "type" -> this.type = this.json.textOrEmpty();
			case "uuid" -> this.uuid = this.json.text();
			case "timestamp" -> this.timestamp = this.json.textOrNumber();
			case "isMeta" -> this.meta = flag();
			case "isSidechain" -> this.sidechain = flag();
			case "isCompactSummary" -> this.compactSummary = flag();
			case "isApiErrorMessage" -> this.apiError = flag();
			case "message" -> this.message = message();
			case "operation" -> this.operation = this.json.textOrEmpty();
			case "content" -> content();
			case "attachment" -> this.attached = AttachmentParser.parse(this.json);
			case "origin" -> this.author = AttachmentParser.author(this.json);
			case "summary", "title", "aiTitle", "customTitle", "agentName" -> this.title = this.json.text();
			default -> this.json.skip();
		}
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
				case "role" -> role = this.json.textOrEmpty();
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

	private boolean flag() {
		boolean flag = this.json.isTrue();
		this.json.skip();
		return flag;
	}

}
