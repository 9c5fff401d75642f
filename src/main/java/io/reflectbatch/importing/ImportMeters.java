package io.reflectbatch.importing;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.reflectbatch.conversation.SkipReason;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.metrics.MetricsExport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * All meters of an import, besides those that Spring Batch has. Their tags have few
 * values: no file, project or conversation is one. Thread-safe.
 */
@Component
public class ImportMeters {

	private static final Logger logger = LoggerFactory.getLogger(ImportMeters.class);

	/**
	 * The exit code of a run that has not ended.
	 */
	private static final int RUNNING = -1;

	private static final String SECONDS = "seconds";

	private static final double NANOS = 1e9;

	private final MetricsExport export;

	private final ObjectProvider<ExecutionLog> executions;

	private final MeterRegistry registry;

	private final Map<FileOutcome, Counter> files = new EnumMap<>(FileOutcome.class);

	private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);

	private final Counter copies;

	private final Counter unreadable;

	private final Counter chunks;

	private final Counter tokens;

	private final Counter messageTokens;

	private final Timer embedding;

	private final Timer upsert;

	private final long start = System.nanoTime();

	private volatile int planned;

	private volatile long execution;

	private volatile int exitCode = RUNNING;

	private volatile @Nullable Duration duration;

	private volatile Instant lastSuccess = Instant.EPOCH;

	ImportMeters(MetricsExport export, ObjectProvider<ExecutionLog> executions) {
		this.export = export;
		this.executions = executions;
		this.registry = export.registry();
		for (FileOutcome outcome : FileOutcome.values()) {
			this.files.put(outcome,
					counter("reflect.files", "files", "outcome", outcome, "Files that were finished or given up"));
		}
		for (SkipReason reason : SkipReason.values()) {
			this.skipped.put(reason, skippedLines(label(reason)));
		}
		this.copies = skippedLines("copy");
		this.unreadable = skippedLines("unreadable");
		this.chunks = Counter.builder("reflect.chunks")
			.baseUnit("chunks")
			.description("Chunks that were embedded, written and committed")
			.register(this.registry);
		this.tokens = Counter.builder("reflect.tokens")
			.baseUnit("tokens")
			.description("Tokens in these chunks that the model has taken")
			.register(this.registry);
		this.messageTokens = Counter.builder("reflect.message.tokens")
			.baseUnit("tokens")
			.description("All tokens in these chunks")
			.register(this.registry);
		this.embedding = timer("reflect.embedding", "Embedding one chunk");
		this.upsert = timer("reflect.upsert", "Writing the points of one commit to the store");
		registerGauges();
	}

	private void registerGauges() {
		gauge("reflect.planned.files", "files", "Files in the work list of the execution", (meters) -> meters.planned);
		gauge("reflect.memory.resident", BaseUnits.BYTES, "Memory of the process that is resident",
				(meters) -> bytes(ProcessMemory.resident()));
		gauge("reflect.memory.resident.max", BaseUnits.BYTES, "The most that was ever resident",
				(meters) -> bytes(ProcessMemory.peak()));
		gauge("reflect.memory.heap", BaseUnits.BYTES, "Heap in use, garbage included",
				(meters) -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		gauge("reflect.run.execution", null, "The id of the execution, as 'reflect history' prints it",
				(meters) -> meters.execution);
		gauge("reflect.run.duration", SECONDS, "How long the run took, or has taken so far", ImportMeters::seconds);
		gauge("reflect.run.exit.code", null, "The exit code; -1 while it runs", (meters) -> meters.exitCode);
		gauge("reflect.last.success.timestamp", SECONDS,
				"When an import completed last, in seconds since 1970; 0: never, or not known",
				(meters) -> meters.lastSuccess.getEpochSecond());
	}

	private Counter skippedLines(String reason) {
		return Counter.builder("reflect.skipped.lines")
			.baseUnit("lines")
			.tag("reason", reason)
			.description("Lines of logs that were passed over")
			.register(this.registry);
	}

	private Counter counter(String name, String unit, String tag, Enum<?> value, String description) {
		return Counter.builder(name)
			.baseUnit(unit)
			.tag(tag, label(value))
			.description(description)
			.register(this.registry);
	}

	private Timer timer(String name, String description) {
		return Timer.builder(name).description(description).register(this.registry);
	}

	private void gauge(String name, @Nullable String unit, String description, ToDoubleFunction<ImportMeters> value) {
		Gauge.builder(name, this, value).baseUnit(unit).description(description).register(this.registry);
	}

	private static String label(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static double bytes(OptionalLong bytes) {
		return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
	}

	private double seconds() {
		Duration ended = this.duration;
		return ((ended != null) ? ended.toNanos() : System.nanoTime() - this.start) / NANOS;
	}

	/**
	 * Takes note that an execution runs, and begins to pass the meters on.
	 * @param id the id of the execution
	 */
	void begin(long id) {
		this.execution = id;
		if (this.export.isWanted()) {
			this.lastSuccess = lastSuccess();
			this.export.begin();
		}
	}

	private Instant lastSuccess() {
		try {
			return this.executions.getObject().lastSuccess(JobName.IMPORT.jobName());
		}
		catch (DataAccessException | BeansException ex) {
			// That is what the run fails of, and what is reported.
			logger.debug("The database does not tell when an import completed last", ex);
			return Instant.EPOCH;
		}
	}

	/**
	 * Takes note of the size of the work list.
	 * @param files the number of files in it
	 */
	void planned(int files) {
		this.planned = files;
	}

	/**
	 * Counts what has been committed.
	 * @param items the items of the transaction
	 */
	void count(List<? extends ImportItem> items) {
		for (ImportItem item : items) {
			switch (item) {
				case ImportItem.ChunkEmbedded embedded -> {
					this.chunks.increment();
					this.tokens.increment(embedded.embedding().tokens());
					this.messageTokens.increment(embedded.embedding().textTokens());
				}
				case ImportItem.FileEnd end -> count(FileOutcome.IMPORTED);
				case ImportItem.FileLost lost -> count(FileOutcome.LOST);
				case ImportItem.ChunkRead read -> throw new IllegalStateException("Not embedded: " + read);
			}
		}
	}

	/**
	 * Counts a file.
	 * @param outcome what became of it
	 */
	void count(FileOutcome outcome) {
		Counter counter = this.files.get(outcome);
		if (counter != null) {
			counter.increment();
		}
	}

	/**
	 * Counts lines that hold no message.
	 * @param reason why they were passed over
	 * @param lines how many
	 */
	void skipped(SkipReason reason, int lines) {
		Counter counter = this.skipped.get(reason);
		if (counter != null) {
			counter.increment(lines);
		}
	}

	/**
	 * Counts a line whose message is that of another line.
	 */
	void copied() {
		this.copies.increment();
	}

	/**
	 * Counts a line that could not be read.
	 */
	void unreadable() {
		this.unreadable.increment();
	}

	/**
	 * Measures how long a chunk is being embedded.
	 * @param action embeds it
	 */
	<T> T timeEmbedding(Supplier<T> action) {
		long begin = System.nanoTime();
		T result = action.get();
		this.embedding.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
		return result;
	}

	/**
	 * Measures how long the points of a commit are being written.
	 * @param action writes them
	 */
	void timeUpsert(Runnable action) {
		long begin = System.nanoTime();
		action.run();
		this.upsert.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
	}

	/**
	 * Takes note of the end of the run, and passes the meters on for the last time; that
	 * takes a few seconds at most.
	 * @param code the exit code of the process
	 * @param success whether the import completed
	 */
	public void end(int code, boolean success) {
		if (!this.export.isWanted()) {
			return;
		}
		this.exitCode = code;
		this.duration = Duration.ofNanos(System.nanoTime() - this.start);
		this.lastSuccess = success ? Instant.now() : lastSuccess();
		this.export.begin();
		this.export.end();
	}

	/**
	 * What became of a file.
	 */
	enum FileOutcome {

		/**
		 * It was imported to its end.
		 */
		IMPORTED,

		/**
		 * It was gone, or could not be read any more, when its turn came.
		 */
		LOST,

		/**
		 * The process died so often while reading it that it was put aside.
		 */
		QUARANTINED

	}

}
