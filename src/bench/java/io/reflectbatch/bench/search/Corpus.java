package io.reflectbatch.bench.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.ConversationFiles;
import io.reflectbatch.conversation.DefaultRule;
import io.reflectbatch.conversation.JsonlReader;
import io.reflectbatch.conversation.ListedFile;
import io.reflectbatch.conversation.LogEntry;
import io.reflectbatch.conversation.LogRecord;
import io.reflectbatch.conversation.Message;
import io.reflectbatch.conversation.MessageChunker;
import io.reflectbatch.conversation.MessageRule;
import io.reflectbatch.conversation.Redactor;
import io.reflectbatch.conversation.ReferenceRule;
import io.reflectbatch.conversation.Selection;
import io.reflectbatch.conversation.WarmupTranscript;

/**
 * What there is to be found in a logs directory, read as an import reads it.
 */
final class Corpus {

	private static final int MESSAGES_A_CHUNK = 10;

	private final List<Said> messages = new ArrayList<>();

	private final List<String> referenceChunks = new ArrayList<>();

	private final List<Title> titles = new ArrayList<>();

	/** Which conversations have a message. */
	private final Map<String, Set<String>> owners = new HashMap<>();

	private final Set<String> conversations = new HashSet<>();

	private final Set<String> copies = new HashSet<>();

	private int files;

	private long bytes;

	private Corpus() {
	}

	/**
	 * Reads all logs.
	 * @param logs the logs directory
	 */
	static Corpus read(Path logs) throws IOException {
		Corpus corpus = new Corpus();
		for (ListedFile listed : ConversationFiles.below(logs, false).files()) {
			corpus.files++;
			corpus.bytes += listed.size();
			corpus.addMessages(listed);
			corpus.addReferenceChunks(listed);
			corpus.titles.addAll(Title.in(listed.file()));
		}
		return corpus;
	}

	private void addMessages(ListedFile listed) throws IOException {
		ConversationFile file = listed.file();
		Redactor redactor = Redactor.ofSecrets();
		List<Said> found = new ArrayList<>();
		for (LogEntry entry : entries(listed)) {
			if (entry.uuid() != null) {
				this.owners.computeIfAbsent(entry.uuid(), (uuid) -> new HashSet<>()).add(file.conversationId());
			}
			if (!(new DefaultRule().select(entry) instanceof Selection.Selected selected)) {
				continue;
			}
			if (found.isEmpty() && WarmupTranscript.isWarmup(file, selected.text())) {
				return;
			}
			boolean copy = entry.uuid() != null && !this.copies.add(entry.uuid());
			found.add(new Said(file.conversationId(), redactor.redact(selected.text()), copy));
		}
		if (!found.isEmpty()) {
			this.conversations.add(file.conversationId());
		}
		found.stream().filter((said) -> !said.copy()).forEach(this.messages::add);
	}

	private void addReferenceChunks(ListedFile listed) throws IOException {
		MessageRule rule = new ReferenceRule();
		Redactor redactor = Redactor.ofSecrets();
		MessageChunker chunker = new MessageChunker(MESSAGES_A_CHUNK);
		int number = 0;
		for (LogEntry entry : entries(listed)) {
			if (rule.select(entry) instanceof Selection.Selected selected) {
				chunker.add(new Message(number++, selected.role(), redactor.redact(selected.text()), entry.offset(),
						entry.line()), this::addReferenceChunk);
			}
		}
		chunker.finish(this::addReferenceChunk);
	}

	private void addReferenceChunk(Chunk chunk) {
		this.referenceChunks.add(chunk.text());
	}

	private static List<LogEntry> entries(ListedFile listed) throws IOException {
		List<LogEntry> entries = new ArrayList<>();
		try (JsonlReader reader = JsonlReader.open(listed.file().path(), 0, 1, listed.size())) {
			for (LogRecord line = reader.next(); line != null; line = reader.next()) {
				if (line instanceof LogEntry entry) {
					entries.add(entry);
				}
			}
		}
		return entries;
	}

	/**
	 * The messages that an import indexes, each once.
	 */
	List<Said> messages() {
		return this.messages;
	}

	/**
	 * What the Python importer makes of the same files: ten messages a chunk.
	 */
	List<String> referenceChunks() {
		return this.referenceChunks;
	}

	/**
	 * The titles, and for each the conversations that it may be about: those that have the
	 * message that it names, or, if it names none, the one whose log it is in. Left out are
	 * titles of sessions whose logs are not there, of which a resumed one keeps the
	 * summaries, and of conversations without any message to be found.
	 */
	Map<String, Set<String>> titles() {
		Map<String, Set<String>> answers = new LinkedHashMap<>();
		for (Title title : this.titles) {
			Set<String> named = new HashSet<>(title.leaf().isEmpty() ? Set.of(title.conversation())
					: this.owners.getOrDefault(title.leaf(), Set.of()));
			named.retainAll(this.conversations);
			if (!named.isEmpty()) {
				answers.computeIfAbsent(title.text(), (text) -> new TreeSet<>()).addAll(named);
			}
		}
		return answers;
	}

	/**
	 * Returns how often something was said, at most twice.
	 */
	int occurrences(String text) {
		int count = 0;
		for (Said message : this.messages) {
			int first = message.text().indexOf(text);
			if (first >= 0) {
				count += (message.text().indexOf(text, first + 1) >= 0) ? 2 : 1;
			}
			if (count > 1) {
				return 2;
			}
		}
		return count;
	}

	int files() {
		return this.files;
	}

	long bytes() {
		return this.bytes;
	}

	long characters() {
		return this.messages.stream().mapToLong((message) -> message.text().length()).sum();
	}

	/**
	 * The size of a text in a log: as many bytes as UTF-8 needs.
	 */
	long textBytes() {
		return this.messages.stream()
			.mapToLong((message) -> message.text().getBytes(StandardCharsets.UTF_8).length)
			.sum();
	}

	/**
	 * A message.
	 *
	 * @param conversation where it was said
	 * @param text what was said
	 * @param copy whether another log has had it before
	 */
	record Said(String conversation, String text, boolean copy) {

	}

}
