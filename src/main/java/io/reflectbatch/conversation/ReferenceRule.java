package io.reflectbatch.conversation;

/**
 * Selects exactly the messages that Claude Self-Reflect 2.4.10 imports: all that have a
 * role and a text, except in lines of the type {@code summary}. A blank text counts.
 */
public final class ReferenceRule implements MessageRule {

	@Override
	public Selection select(LogEntry entry) {
		LogEntry.Said message = entry.message();
		if (entry.type().equals("summary")) {
			return Selection.Skipped.of(SkipReason.TITLE, entry);
		}
		if (message == null) {
			return Selection.Skipped.of(SkipReason.OTHER_TYPE, entry);
		}
		LogEntry.Content content = message.content();
		if (message.role().isEmpty() || content.text().isEmpty()) {
			return Selection.Skipped.of(SkipReason.ofTextless(content.kinds()), entry);
		}
		return new Selection.Selected(message.role(), content.text(), Origin.LINE);
	}

}
