package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.JsonlReader;
import io.reflectbatch.conversation.LogEntry;
import io.reflectbatch.conversation.LogProblem;
import io.reflectbatch.conversation.LogRecord;
import io.reflectbatch.conversation.MessageRule;
import io.reflectbatch.conversation.Noise;
import io.reflectbatch.conversation.Origin;
import io.reflectbatch.conversation.Redactor;
import io.reflectbatch.conversation.Selection;
import io.reflectbatch.conversation.WarmupTranscript;
import io.reflectbatch.conversation.Writing;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.Claim;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.Survey;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is new in a file once, before it is imported, and settles everything that
 * must not depend on who imports when: which lines cannot be read, which messages are
 * copies of others, the time and the title of the conversation, and how far it may be
 * read. Reading costs little next to embedding.
 */
final class Surveyor {

	// Fewer statements to the database, and a bound for the texts that wait for them.
	private static final int MESSAGES_A_CLAIM = 100;

	private static final int CHARACTERS_A_CLAIM = 250_000;

	private final MessageRegistry registry;

	private final MessageRule rule;

	private final Chunking chunking;

	private final ImportMeters meters;

	private final UnknownLanguages languages;

	/**
	 * Creates a surveyor.
	 * @param registry where claims and problems go
	 * @param chunking the rule that selects messages, what is left out of them, and
	 * whether copies and warm-ups are kept
	 * @param meters count the lines that are passed over
	 * @param languages count the files that are written in a way the model does not know
	 */
	Surveyor(MessageRegistry registry, Chunking chunking, ImportMeters meters, UnknownLanguages languages) {
		this.registry = registry;
		this.rule = chunking.rule();
		this.chunking = chunking;
		this.meters = meters;
		this.languages = languages;
	}

	/**
	 * Surveys a file.
	 * @param known what is known of it
	 * @param file the file on disk
	 * @param change how it differs; a grown one is read from where it was left
	 * @param size how many bytes of it to look at
	 * @param jobInstance the job instance
	 * @return what was found, and what was known before if the file has grown
	 * @throws IOException if the file cannot be read to its end; then it claims nothing,
	 * so that copies of its messages speak for themselves
	 */
	Survey survey(KnownFile known, ConversationFile file, Change change, long size, long jobInstance)
			throws IOException {
		Survey before = (change == Change.GROWN) ? known.survey() : Survey.NONE;
		this.registry.forget(known.id(), before.readOffset());
		Findings findings = new Findings(known, file, before, jobInstance);
		try (JsonlReader reader = JsonlReader.open(file.path(), before.readOffset(), before.readLine(), size)) {
			for (LogRecord line = reader.next(); line != null; line = reader.next()) {
				findings.add(line);
			}
			findings.settle();
			this.languages.look(known.id(), findings.writing);
			return findings.result(reader.position(), reader.line(), hash(file.path(), reader.position()));
		}
		catch (IOException ex) {
			this.registry.forget(known.id(), before.readOffset());
			throw ex;
		}
	}

	private static String hash(Path file, long offset) throws IOException {
		try (ContentHash hash = new ContentHash(file)) {
			return hash.before(offset);
		}
	}

	/**
	 * A message that may turn out to be a copy.
	 */
	private record Message(long offset, @Nullable String id, Origin origin, boolean prompt, String text) {

		static Message of(LogEntry entry, Selection.Selected selected) {
			String id = (selected.origin() == Origin.QUEUE) ? queueId(entry, selected.text()) : entry.uuid();
			return new Message(entry.offset(), id, selected.origin(), selected.isPrompt(), selected.text());
		}

		// A fork may have a copy of these lines as well, and they have no id.
		private static @Nullable String queueId(LogEntry entry, String text) {
			return (entry.timestamp() != null) ? "queued at " + entry.timestamp() + ": " + text : null;
		}

		Stream<Claim> claim() {
			return (this.id != null) ? Stream.of(new Claim(this.offset, this.id)) : Stream.empty();
		}

	}

	private final class Findings {

		private final KnownFile known;

		private final ConversationFile file;

		private final long jobInstance;

		private final Map<String, Integer> skipped;

		private final Map<String, Integer> redacted;

		private final Redactor messages = Surveyor.this.chunking.redactor();

		private final Redactor titles = Surveyor.this.chunking.redactor();

		private final Writing writing = new Writing();

		private final List<Message> unsettled = new ArrayList<>();

		private int characters;

		private boolean queued;

		private @Nullable String time;

		private @Nullable String title;

		private int problems;

		private boolean empty;

		private boolean warmUp;

		Findings(KnownFile known, ConversationFile file, Survey before, long jobInstance) {
			this.known = known;
			this.file = file;
			this.jobInstance = jobInstance;
			this.skipped = new HashMap<>(before.skipped());
			this.redacted = new HashMap<>(before.redacted());
			this.time = before.conversationTime();
			this.title = before.title();
			this.problems = before.problems();
			this.empty = before.equals(Survey.NONE) || known.outcome().messages() == 0;
			this.warmUp = before.warmUp();
			this.queued = Surveyor.this.registry.hasQueued(known.id());
		}

		void add(LogRecord line) {
			switch (line) {
				case LogProblem problem -> addProblem(problem);
				case LogEntry entry -> addEntry(entry);
			}
		}

		private void addProblem(LogProblem problem) {
			this.problems++;
			Surveyor.this.meters.unreadable();
			Surveyor.this.registry.problem(this.known.id(), this.jobInstance,
					new LineProblem(this.known.path(), problem.offset(), problem.line(), problem.reason()));
		}

		private void addEntry(LogEntry entry) {
			if (this.time == null) {
				this.time = entry.timestamp();
			}
			this.title = (entry.title() != null) ? this.titles.redact(entry.title())
					: Objects.requireNonNullElse(this.title, "");
			switch (Surveyor.this.rule.select(entry)) {
				case Selection.Selected selected -> addMessage(entry, selected);
				case Selection.Skipped skip -> addSkipped(skip);
			}
		}

		private void addSkipped(Selection.Skipped skip) {
			this.skipped.merge(skip.label(), 1, Integer::sum);
			Surveyor.this.meters.skipped(skip.reason());
		}

		private void addMessage(LogEntry entry, Selection.Selected selected) {
			this.writing.add(selected.text());
			this.warmUp |= this.empty && isOut(Noise.WARM_UPS) && WarmupTranscript.isWarmup(this.file, selected.text());
			this.empty = false;
			this.unsettled.add(Message.of(entry, selected));
			this.characters += selected.text().length();
			if (this.unsettled.size() == MESSAGES_A_CLAIM || this.characters > CHARACTERS_A_CLAIM) {
				settle();
			}
		}

		void settle() {
			Predicate<Message> copies = isOut(Noise.COPIES) ? copies() : (message) -> false;
			for (Message message : this.unsettled) {
				if (copies.test(message)) {
					this.skipped.merge("copies of other messages", 1, Integer::sum);
					Surveyor.this.meters.copied();
				}
				else {
					this.messages.count(message.text());
				}
			}
			this.unsettled.clear();
			this.characters = 0;
		}

		private boolean isOut(Noise noise) {
			return !Surveyor.this.chunking.keeps(noise);
		}

		// Claimed even if it was queued, since a fork may have a copy of this line only.
		private Predicate<Message> copies() {
			Set<Long> copies = Surveyor.this.registry.claim(this.known.id(),
					this.unsettled.stream().flatMap(Message::claim).toList());
			return (message) -> isRepeated(message) || copies.contains(message.offset());
		}

		private boolean isRepeated(Message message) {
			if (message.origin() == Origin.QUEUE) {
				Surveyor.this.registry.queued(this.known.id(), message.offset(), message.text());
				this.queued = true;
				return false;
			}
			return this.queued && message.prompt()
					&& Surveyor.this.registry.repeatsQueued(this.known.id(), message.offset(), message.text());
		}

		Survey result(long offset, long line, String hash) {
			if (!this.warmUp) {
				this.messages.counts().forEach((rule, count) -> this.redacted.merge(rule, count, Integer::sum));
			}
			return new Survey(offset, line, hash, this.time, this.title, this.warmUp, this.problems, this.skipped,
					this.redacted);
		}

	}

}
