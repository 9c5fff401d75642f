package io.reflectbatch.conversation;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Selects what people and the assistant said, and nothing that a program put into their
 * mouths.
 */
public final class DefaultRule implements MessageRule {

	private static final String USER = Selection.Selected.USER;

	private static final String ASSISTANT = "assistant";

	private static final String SYNTHETIC_MODEL = "<synthetic>";

	/**
	 * How the summary of a compacted session begins. Older versions do not mark it.
	 */
	private static final String SUMMARY = "This session is being continued from a previous conversation that ran out of context";

	/**
	 * Not a path: those have a second slash or a dot.
	 */
	private static final Pattern SLASH_COMMAND = Pattern.compile("/[\\p{L}\\d:_-]{1,200}");

	private final Set<Noise> kept;

	/**
	 * Leaves all noise out.
	 */
	public DefaultRule() {
		this(Set.of());
	}

	/**
	 * Leaves noise out, but not all of it: for measuring what that does.
	 * @param kept the kinds that are selected like everything else
	 */
	public DefaultRule(Set<Noise> kept) {
		this.kept = Set.copyOf(kept);
	}

	@Override
	public Selection select(LogEntry entry) {
		if (entry.title() != null) {
			return Selection.Skipped.of(SkipReason.TITLE, entry);
		}
		if (entry.prompt() != null) {
			return queued(entry, entry.prompt());
		}
		LogEntry.Said message = entry.message();
		if (message == null || !isSpeaker(role(entry, message))) {
			return Selection.Skipped.of(SkipReason.OTHER_TYPE, entry);
		}
		return said(entry, message);
	}

	private Selection queued(LogEntry entry, LogEntry.QueuedPrompt prompt) {
		if (isOut(Noise.NOT_TYPED) && prompt.origin() == Origin.ATTACHMENT && !"human".equals(prompt.author())) {
			return Selection.Skipped.of(SkipReason.NOT_TYPED, entry);
		}
		if (isOut(Noise.COMMANDS) && SLASH_COMMAND.matcher(prompt.text().strip()).matches()) {
			return Selection.Skipped.of(SkipReason.COMMAND, entry);
		}
		return text(entry, USER, prompt.text(), prompt.origin());
	}

	private Selection said(LogEntry entry, LogEntry.Said message) {
		if (isOut(Noise.META) && entry.flags().meta()) {
			return Selection.Skipped.of(SkipReason.META, entry);
		}
		if (isOut(Noise.COMPACT_SUMMARIES) && isSummary(entry, message)) {
			return Selection.Skipped.of(SkipReason.COMPACT_SUMMARY, entry);
		}
		if (isOut(Noise.API_ERRORS) && entry.flags().apiError()) {
			return Selection.Skipped.of(SkipReason.API_ERROR, entry);
		}
		if (isOut(Noise.SYNTHETIC) && SYNTHETIC_MODEL.equals(message.model())) {
			return Selection.Skipped.of(SkipReason.SYNTHETIC, entry);
		}
		if (message.content().text().isEmpty()) {
			return Selection.Skipped.of(SkipReason.ofTextless(message.content().kinds()), entry);
		}
		return text(entry, role(entry, message), message.content().text(), Origin.LINE);
	}

	private boolean isOut(Noise noise) {
		return !this.kept.contains(noise);
	}

	private static boolean isSummary(LogEntry entry, LogEntry.Said message) {
		return entry.flags().compactSummary()
				|| (role(entry, message).equals(USER) && message.content().text().startsWith(SUMMARY));
	}

	/**
	 * Only what people say is wrapped. The assistant may quote a wrapper.
	 */
	private Selection text(LogEntry entry, String role, String text, Origin origin) {
		if (text.isBlank()) {
			return Selection.Skipped.of(SkipReason.BLANK, entry);
		}
		boolean wrapped = isOut(Noise.WRAPPERS) && role.equals(USER);
		String unwrapped = (wrapped ? Wrappers.strip(text) : text).strip();
		if (unwrapped.isEmpty()) {
			return Selection.Skipped.of(SkipReason.WRAPPER, entry);
		}
		return new Selection.Selected(role, unwrapped, origin);
	}

	/**
	 * The type of the line decides; lines without one have at least a role.
	 */
	private static String role(LogEntry entry, LogEntry.Said message) {
		return entry.type().isEmpty() ? message.role() : entry.type();
	}

	private static boolean isSpeaker(String role) {
		return role.equals(USER) || role.equals(ASSISTANT);
	}

}
