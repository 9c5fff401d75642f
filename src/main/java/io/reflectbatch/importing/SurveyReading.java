package io.reflectbatch.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

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
import io.reflectbatch.conversation.SkipReason;
import io.reflectbatch.conversation.WarmupTranscript;
import io.reflectbatch.conversation.Writing;
import io.reflectbatch.ledger.Claim;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.Survey;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.AsyncTaskExecutor;

/**
 * A file that is being read on another thread for its survey, so that several can be read
 * while one thread settles, file by file, whose messages they are. A batch that waits for
 * that has no texts, and few of them wait: memory depends neither on the size of the file
 * nor on the number of its messages. Close it to stop reading.
 */
final class SurveyReading implements AutoCloseable {

	/**
	 * Fewer statements to the database.
	 */
	private static final int LINES_A_BATCH = 100;

	private static final int BATCHES_AHEAD = 4;

	private final KnownFile known;

	private final ConversationFile file;

	private final Survey before;

	private final Chunking chunking;

	private final Semaphore room = new Semaphore(BATCHES_AHEAD);

	private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>();

	private final Future<Summary> summary;

	/**
	 * Begins to read.
	 * @param known what is known of the file
	 * @param file the file on disk
	 * @param before what is known of the part that is not to be read again
	 * @param size the byte offset before which to stop
	 * @param chunking the rule that selects messages, and what is left out of them
	 * @param threads reads
	 */
	SurveyReading(KnownFile known, ConversationFile file, Survey before, long size, Chunking chunking,
			AsyncTaskExecutor threads) {
		this.known = known;
		this.file = file;
		this.before = before;
		this.chunking = chunking;
		this.summary = threads.submit(() -> read(size));
	}

	KnownFile known() {
		return this.known;
	}

	Survey before() {
		return this.before;
	}

	/**
	 * Returns the next lines that are to be settled, or {@code null} at the end. Waits
	 * until they are read.
	 */
	@Nullable Batch next() {
		try {
			Batch next = this.batches.take();
			this.room.release();
			return next.isEmpty() ? null : next;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Returns what was found in the whole file, once there is no {@linkplain #next()
	 * next} batch.
	 * @throws IOException if the file could not be read to its end
	 */
	Summary summary() throws IOException {
		try {
			return this.summary.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException failure) {
				throw failure;
			}
			throw new IllegalStateException("The survey of " + this.file.path() + " failed", ex.getCause());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted in the survey of " + this.file.path(), ex);
	}

	@Override
	public void close() {
		this.summary.cancel(true);
	}

	private Summary read(long size) throws IOException, InterruptedException {
		try (JsonlReader reader = JsonlReader.open(this.file.path(), this.before.readOffset(), this.before.readLine(),
				size)) {
			Lines lines = new Lines();
			for (LogRecord line = reader.next(); line != null; line = reader.next()) {
				lines.add(line);
			}
			lines.flush();
			return lines.summary(reader.position(), reader.line(), hash(reader.position()));
		}
		finally {
			// Nobody may wait for more, whatever has happened.
			this.batches.add(Batch.END);
		}
	}

	private String hash(long offset) throws IOException {
		try (ContentHash hash = new ContentHash(this.file.path())) {
			return hash.before(offset);
		}
	}

	/**
	 * Some lines of a file, in their order.
	 *
	 * @param messages those that are messages, copies or not
	 * @param problems those that cannot be read
	 */
	record Batch(List<FoundMessage> messages, List<LogProblem> problems) {

		private static final Batch END = new Batch(List.of(), List.of());

		private boolean isFull() {
			return this.messages.size() + this.problems.size() == LINES_A_BATCH;
		}

		private boolean isEmpty() {
			return this.messages.isEmpty() && this.problems.isEmpty();
		}

	}

	/**
	 * A message that may turn out to be a copy.
	 *
	 * @param offset the byte offset of its line
	 * @param claim by what it is told from others; null if by nothing
	 * @param queued whether it was typed while the assistant was busy
	 * @param promptHash the SHA-256 of what was typed; null if nothing was
	 * @param secrets how many secrets it has, by rule
	 */
	record FoundMessage(long offset, @Nullable Claim claim, boolean queued, @Nullable String promptHash,
			Map<String, Integer> secrets) {

	}

	/**
	 * What was found in the part of the file that was read, and what was known before.
	 *
	 * @param offset the byte offset at which the last complete line ends
	 * @param line the number of the line that begins there
	 * @param hash the SHA-256 of the bytes before {@code offset}
	 * @param conversationTime the first timestamp
	 * @param title the last title
	 * @param warmUp whether it is the transcript of a warm-up
	 * @param skipped the number of lines in this part that are no message, by reason
	 * @param labels the same by {@linkplain Selection.Skipped#label() label}
	 * @param writing how this part is written
	 */
	record Summary(long offset, long line, String hash, @Nullable String conversationTime, @Nullable String title,
			boolean warmUp, Map<SkipReason, Integer> skipped, Map<String, Integer> labels, Writing writing) {

	}

	/**
	 * What one thread sees, line by line.
	 */
	private final class Lines {

		private final MessageRule rule = SurveyReading.this.chunking.rule();

		private final Redactor redactor = SurveyReading.this.chunking.redactor();

		private final Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);

		private final Map<String, Integer> labels = new HashMap<>();

		private final Writing writing = new Writing();

		private final boolean warmUpsAreOut = !SurveyReading.this.chunking.keeps(Noise.WARM_UPS);

		private Batch batch = newBatch();

		private @Nullable String time = SurveyReading.this.before.conversationTime();

		private @Nullable String title = SurveyReading.this.before.title();

		private boolean empty = SurveyReading.this.before.equals(Survey.NONE)
				|| SurveyReading.this.known.outcome().messages() == 0;

		private boolean warmUp = SurveyReading.this.before.warmUp();

		private static Batch newBatch() {
			return new Batch(new ArrayList<>(), new ArrayList<>());
		}

		void add(LogRecord line) throws InterruptedException {
			switch (line) {
				case LogProblem problem -> this.batch.problems().add(problem);
				case LogEntry entry -> addEntry(entry);
			}
			if (this.batch.isFull()) {
				flush();
			}
		}

		void flush() throws InterruptedException {
			if (!this.batch.isEmpty()) {
				SurveyReading.this.room.acquire();
				SurveyReading.this.batches.add(this.batch);
				this.batch = newBatch();
			}
		}

		private void addEntry(LogEntry entry) {
			if (this.time == null) {
				this.time = entry.timestamp();
			}
			this.title = (entry.title() != null) ? this.redactor.redact(entry.title())
					: Objects.requireNonNullElse(this.title, "");
			switch (this.rule.select(entry)) {
				case Selection.Selected selected -> addMessage(entry, selected);
				case Selection.Skipped skip -> {
					this.skipped.merge(skip.reason(), 1, Integer::sum);
					this.labels.merge(skip.label(), 1, Integer::sum);
				}
			}
		}

		private void addMessage(LogEntry entry, Selection.Selected selected) {
			String text = selected.text();
			this.writing.add(text);
			this.warmUp |= this.empty && this.warmUpsAreOut && WarmupTranscript.isWarmup(SurveyReading.this.file, text);
			this.empty = false;
			this.batch.messages().add(message(entry, selected, this.redactor.secretsIn(text)));
		}

		private FoundMessage message(LogEntry entry, Selection.Selected selected, Map<String, Integer> secrets) {
			boolean queued = selected.origin() == Origin.QUEUE;
			String id = queued ? queueId(entry, selected.text()) : entry.uuid();
			return new FoundMessage(entry.offset(), (id != null) ? Claim.of(entry.offset(), id) : null, queued,
					(queued || selected.isPrompt()) ? ContentHash.of(selected.text()) : null, secrets);
		}

		// A fork may have a copy of these lines as well, and they have no id.
		private static @Nullable String queueId(LogEntry entry, String text) {
			return (entry.timestamp() != null) ? "queued at " + entry.timestamp() + ": " + text : null;
		}

		Summary summary(long offset, long line, String hash) {
			return new Summary(offset, line, hash, this.time, this.title, this.warmUp, this.skipped, this.labels,
					this.writing);
		}

	}

}
