package io.reflectbatch.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.Chunker;
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
import io.reflectbatch.conversation.WindowChunker;
import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Precision;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast one thread reads and chunks the logs in {@code bench.logs}, in MB of log a
 * second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@State(Scope.Benchmark)
public class ReadingBenchmark {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final int TOKENS = 256;

	private static final int MESSAGES = 10;

	private List<ListedFile> files = List.of();

	@SuppressWarnings("NullAway.Init")
	private Embedder embedder;

	/**
	 * Lists the logs and loads the tokenizer.
	 */
	@Setup
	public void open() throws IOException {
		this.files = ConversationFiles
			.below(Path.of(Objects.requireNonNull(System.getProperty("bench.logs"), "bench.logs")), false)
			.files();
		this.embedder = Embedder.open(Precision.INT8, TOKENS,
				Path.of(Objects.requireNonNull(System.getProperty("bench.home"), "bench.home")));
	}

	/**
	 * Unloads it.
	 */
	@TearDown
	public void close() {
		this.embedder.close();
	}

	/**
	 * Only reads.
	 */
	@Benchmark
	public long read(Megabytes read) throws IOException {
		return all(new DefaultRule(), Redactor.none(), () -> null, read);
	}

	/**
	 * Reads, and chunks as the Python importer does.
	 */
	@Benchmark
	public long messages(Megabytes read) throws IOException {
		return all(new ReferenceRule(), Redactor.none(), () -> new MessageChunker(MESSAGES), read);
	}

	/**
	 * Reads, redacts, and chunks into windows, which counts tokens: what an import does.
	 */
	@Benchmark
	public long windows(Megabytes read) throws IOException {
		return all(new DefaultRule(), Redactor.ofSecrets(), () -> new WindowChunker(this.embedder.tokenCounter(), TOKENS, MESSAGES), read);
	}

	private long all(MessageRule rule, Redactor redactor, Supplier<? extends @Nullable Chunker> chunker, Megabytes read)
			throws IOException {
		Characters characters = new Characters();
		long start = THREADS.getCurrentThreadCpuTime();
		for (ListedFile file : this.files) {
			one(file, rule, redactor, chunker.get(), characters);
			read.megabytes += file.size() / 1e6;
		}
		read.processorSeconds += (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
		return characters.count;
	}

	private static void one(ListedFile file, MessageRule rule, Redactor redactor, @Nullable Chunker chunker, Characters characters)
			throws IOException {
		int messages = 0;
		try (JsonlReader reader = JsonlReader.open(file.file().path(), 0, 1, file.size())) {
			for (LogRecord line = reader.next(); line != null; line = reader.next()) {
				if (!(line instanceof LogEntry entry) || !(rule.select(entry) instanceof Selection.Selected selected)) {
					continue;
				}
				if (chunker == null) {
					characters.count += selected.text().length();
					continue;
				}
				chunker.add(new Message(messages++, selected.role(), redactor.redact(selected.text()), entry.offset(),
						entry.line()),
						characters::add);
			}
		}
		if (chunker != null) {
			chunker.finish(characters::add);
		}
	}

	/**
	 * What comes out, so that nothing is left out as useless.
	 */
	private static final class Characters {

		private long count;

		void add(Chunk chunk) {
			this.count += chunk.text().length();
		}

	}

	/**
	 * What was read, which JMH divides by the time.
	 */
	@AuxCounters(AuxCounters.Type.OPERATIONS)
	@State(Scope.Thread)
	public static class Megabytes {

		/**
		 * The size of the files in MB.
		 */
		public double megabytes;

		/**
		 * The time that the thread really ran. Less than one a second means that others
		 * wanted the processor: divide by it.
		 */
		public double processorSeconds;

	}

}
