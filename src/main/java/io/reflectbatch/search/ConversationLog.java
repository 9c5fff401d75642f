package io.reflectbatch.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.reflectbatch.conversation.DefaultRule;
import io.reflectbatch.conversation.JsonlReader;
import io.reflectbatch.conversation.LogEntry;
import io.reflectbatch.conversation.LogRecord;
import io.reflectbatch.conversation.MessageRule;
import io.reflectbatch.conversation.Redactor;
import io.reflectbatch.conversation.ReferenceRule;
import io.reflectbatch.conversation.Selection;

/**
 * The log that a passage comes from. It is only read, one line at a time.
 *
 * @param path where it is
 */
public record ConversationLog(Path path) {

	private static final int SUBAGENTS_DEPTH = 5;

	/** What the Python importer puts into a chunk. */
	private static final int MESSAGES_A_CHUNK = 10;

	/**
	 * Finds the log of a passage.
	 * @param logs the logs directory
	 * @param passage the passage
	 * @return the log; empty if there is none any more
	 * @throws IOException if the directory of the project cannot be listed
	 */
	public static Optional<ConversationLog> of(Path logs, Passage passage) throws IOException {
		Path project;
		try {
			project = logs.resolve(passage.project()).normalize();
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
		String name = passage.conversationId() + ".jsonl";
		if (!logs.normalize().equals(project.getParent()) || name.indexOf('/') >= 0 || !Files.isDirectory(project)) {
			return Optional.empty();
		}
		Path session = project.resolve(name);
		if (Files.isRegularFile(session)) {
			return Optional.of(new ConversationLog(session));
		}
		return passage.sidechain() ? subagent(project, name) : Optional.empty();
	}

	private static Optional<ConversationLog> subagent(Path project, String name) throws IOException {
		try (Stream<Path> files = Files.find(project, SUBAGENTS_DEPTH,
				(file, attributes) -> file.endsWith(name) && attributes.isRegularFile())) {
			return files.findFirst().map(ConversationLog::new);
		}
	}

	/**
	 * Reads the messages of a passage, and those around it.
	 * @param passage the passage
	 * @param context how many messages before and after it
	 * @param redacted whether secrets are left out, as an import does
	 * @return the messages, in the order of the log; none of the passage if the log has
	 * changed since
	 * @throws IOException if the log cannot be read
	 */
	public List<Said> around(Passage passage, int context, boolean redacted) throws IOException {
		Redactor redactor = redacted ? Redactor.ofSecrets() : Redactor.none();
		Integer line = passage.line();
		return (line != null)
				? read(new Place(true, line, passage.messages() != null ? passage.messages() : 1), context, redactor)
				: read(new Place(false, MESSAGES_A_CHUNK * Math.max(0, passage.chunk()), MESSAGES_A_CHUNK), context,
						redactor);
	}

	private List<Said> read(Place place, int context, Redactor redactor) throws IOException {
		MessageRule rule = place.byLine() ? new DefaultRule() : new ReferenceRule();
		Deque<Said> before = new ArrayDeque<>();
		List<Said> said = new ArrayList<>();
		int found = 0;
		int number = 0;
		try (JsonlReader reader = JsonlReader.open(this.path, 0, 1, Files.size(this.path))) {
			for (LogRecord record = reader.next(); record != null
					&& said.size() < place.messages() + context; record = reader.next()) {
				if (!(record instanceof LogEntry entry)
						|| !(rule.select(entry) instanceof Selection.Selected selected)) {
					continue;
				}
				boolean reached = (place.byLine() ? entry.line() : number++) >= place.start();
				boolean inside = reached && found < place.messages();
				found += inside ? 1 : 0;
				Said message = new Said(entry.line(), selected.role(), redactor.redact(selected.text()), inside);
				if (reached) {
					said.add(message);
				}
				else if (context > 0) {
					if (before.size() == context) {
						before.removeFirst();
					}
					before.addLast(message);
				}
			}
		}
		said.addAll(0, before);
		return said;
	}

	/**
	 * Where a passage is.
	 *
	 * @param byLine whether it is counted in lines, or in messages as the Python importer
	 * counts them
	 * @param start the first line, from 1, or the first message, from 0
	 * @param messages how many messages it has
	 */
	private record Place(boolean byLine, int start, int messages) {

	}

	/**
	 * A message of the log.
	 *
	 * @param line the number of its line, from 1
	 * @param role who speaks
	 * @param text what is said
	 * @param found whether it belongs to the passage
	 */
	public record Said(long line, String role, String text, boolean found) {

	}

}
