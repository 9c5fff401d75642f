package io.reflectbatch.importing;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.LogProblem;
import io.reflectbatch.conversation.Noise;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.Claim;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.Survey;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Reads what is new in a file once, before it is imported, and settles everything that
 * must not depend on who imports when: which lines cannot be read, which messages are
 * copies of others, the time and the title of the conversation, and how far it may be
 * read. Reading costs little next to embedding.
 */
final class Surveyor {

	private final MessageRegistry registry;

	private final Chunking chunking;

	private final ImportMeters meters;

	private final UnknownLanguages languages;

	private final AsyncTaskExecutor readers;

	// For a file that comes out of its turn: those that wait for theirs may have all of
	// the readers.
	private final AsyncTaskExecutor reader = new SimpleAsyncTaskExecutor("survey-");

	/**
	 * Creates a surveyor.
	 * @param registry where claims and problems go
	 * @param chunking the rule that selects messages, what is left out of them, and
	 * whether copies and warm-ups are kept
	 * @param meters count the lines that are passed over
	 * @param languages count the files that are written in a way the model does not know
	 * @param readers read files
	 */
	Surveyor(MessageRegistry registry, Chunking chunking, ImportMeters meters, UnknownLanguages languages,
			AsyncTaskExecutor readers) {
		this.registry = registry;
		this.chunking = chunking;
		this.meters = meters;
		this.languages = languages;
		this.readers = readers;
	}

	/**
	 * Begins to read a file before it is its turn to be surveyed. What is read does not
	 * depend on what other files claim. Files must be surveyed in the order in which they
	 * are begun, or be closed.
	 * @param known what is known of it
	 * @param file the file on disk
	 * @param change how it differs; a grown one is read from where it was left
	 * @param size how many bytes of it to look at
	 */
	SurveyReading readAhead(KnownFile known, ConversationFile file, Change change, long size) {
		return read(known, file, change, size, this.readers);
	}

	/**
	 * Begins to read a file that is to be surveyed at once.
	 * @param known what is known of it
	 * @param file the file on disk
	 * @param change how it differs; a grown one is read from where it was left
	 * @param size how many bytes of it to look at
	 */
	SurveyReading read(KnownFile known, ConversationFile file, Change change, long size) {
		return read(known, file, change, size, this.reader);
	}

	private SurveyReading read(KnownFile known, ConversationFile file, Change change, long size,
			AsyncTaskExecutor threads) {
		Survey before = (change == Change.GROWN) ? known.survey() : Survey.NONE;
		return new SurveyReading(known, file, before, size, this.chunking, threads);
	}

	/**
	 * Surveys a file.
	 * @param reading reads it
	 * @param jobInstance the job instance
	 * @return what was found, and what was known before if the file has grown
	 * @throws IOException if the file cannot be read to its end; then it claims nothing,
	 * so that copies of its messages speak for themselves
	 */
	Survey survey(SurveyReading reading, long jobInstance) throws IOException {
		KnownFile known = reading.known();
		long start = reading.before().readOffset();
		this.registry.forget(known.id(), start);
		Findings findings = new Findings(known, reading.before(), jobInstance);
		try {
			for (SurveyReading.Batch batch = reading.next(); batch != null; batch = reading.next()) {
				findings.add(batch);
			}
			return findings.result(reading.summary());
		}
		catch (IOException ex) {
			this.registry.forget(known.id(), start);
			throw ex;
		}
	}

	/**
	 * What becomes of the lines of a file.
	 */
	private final class Findings {

		private final KnownFile known;

		private final long jobInstance;

		private final Map<String, Integer> skipped;

		private final Survey before;

		private final Map<String, Integer> redacted;

		private final boolean copiesAreOut = !Surveyor.this.chunking.keeps(Noise.COPIES);

		private boolean queued;

		private int problems;

		Findings(KnownFile known, Survey before, long jobInstance) {
			this.known = known;
			this.jobInstance = jobInstance;
			this.skipped = new HashMap<>(before.skipped());
			this.before = before;
			this.redacted = new HashMap<>(before.redacted());
			this.problems = before.problems();
			this.queued = Surveyor.this.registry.hasQueued(known.id());
		}

		void add(SurveyReading.Batch batch) {
			batch.problems().forEach(this::add);
			Set<Long> copies = this.copiesAreOut ? claim(batch.messages()) : Set.of();
			for (SurveyReading.FoundMessage message : batch.messages()) {
				if (this.copiesAreOut && (isRepeated(message) || copies.contains(message.offset()))) {
					this.skipped.merge("copies of other messages", 1, Integer::sum);
					Surveyor.this.meters.copied();
				}
				else {
					add(this.redacted, message.secrets());
				}
			}
		}

		private void add(LogProblem problem) {
			this.problems++;
			Surveyor.this.meters.unreadable();
			Surveyor.this.registry.problem(this.known.id(), this.jobInstance,
					new LineProblem(this.known.path(), problem.offset(), problem.line(), problem.reason()));
		}

		// Claimed even if it was queued, since a fork may have a copy of this line only.
		private Set<Long> claim(List<SurveyReading.FoundMessage> messages) {
			List<Claim> claims = messages.stream()
				.map(SurveyReading.FoundMessage::claim)
				.filter(Objects::nonNull)
				.toList();
			return Surveyor.this.registry.claim(this.known.id(), claims);
		}

		private boolean isRepeated(SurveyReading.FoundMessage message) {
			String prompt = message.promptHash();
			if (prompt == null) {
				return false;
			}
			if (message.queued()) {
				Surveyor.this.registry.queued(this.known.id(), message.offset(), prompt);
				this.queued = true;
				return false;
			}
			return this.queued && Surveyor.this.registry.repeatsQueued(this.known.id(), message.offset(), prompt);
		}

		private static void add(Map<String, Integer> counts, Map<String, Integer> more) {
			more.forEach((key, count) -> counts.merge(key, count, Integer::sum));
		}

		Survey result(SurveyReading.Summary found) {
			found.skipped().forEach(Surveyor.this.meters::skipped);
			Surveyor.this.languages.look(this.known.id(), found.writing());
			add(this.skipped, found.labels());
			return new Survey(found.offset(), found.line(), found.hash(), found.conversationTime(), found.title(),
					found.warmUp(), this.problems, this.skipped,
					found.warmUp() ? this.before.redacted() : this.redacted);
		}

	}

}
