package io.reflectbatch.conversation;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads the content of a message: a text, or a list of items of which some are texts.
 */
final class ContentParser {

	private final LineJson json;

	private final Set<ContentKind> kinds = EnumSet.noneOf(ContentKind.class);

	private final JoinedText texts = new JoinedText();

	private ContentParser(LineJson json) {
		this.json = json;
	}

	static LogEntry.Content parse(LineJson json) throws UnreadableLineException {
		return new ContentParser(json).parse();
	}

	private LogEntry.Content parse() throws UnreadableLineException {
		if (this.json.isArray()) {
			return items();
		}
		String text = this.json.text();
		if (text != null) {
			return new LogEntry.Content(!text.isEmpty(), text, EnumSet.of(ContentKind.TEXT));
		}
		return LogEntry.Content.NONE;
	}

	private LogEntry.Content items() throws UnreadableLineException {
		boolean present = false;
		while (this.json.nextElement()) {
			present = true;
			item();
		}
		return new LogEntry.Content(present, this.texts.toString(), this.kinds);
	}

	private void item() throws UnreadableLineException {
		if (this.json.isObject()) {
			object();
			return;
		}
		String text = this.json.text();
		add((text != null) ? ContentKind.TEXT : ContentKind.OTHER, text);
	}

	/**
	 * The type need not come first, so a text is read as long as the type is not known.
	 */
	private void object() throws UnreadableLineException {
		ContentKind kind = null;
		String text = null;
		for (String name = this.json.nextProperty(); name != null; name = this.json.nextProperty()) {
			if (name.equals("type")) {
				kind = ContentKind.ofType(this.json.text());
			}
			else if (name.equals("text") && (kind == null || kind == ContentKind.TEXT)) {
				text = this.json.text();
			}
			else {
				this.json.skip();
			}
		}
		add((kind != null) ? kind : ContentKind.OTHER, text);
	}

	private void add(ContentKind kind, @Nullable String text) throws UnreadableLineException {
		this.kinds.add(kind);
		if (kind == ContentKind.TEXT) {
			this.texts.add((text != null) ? text : "");
		}
	}

}
