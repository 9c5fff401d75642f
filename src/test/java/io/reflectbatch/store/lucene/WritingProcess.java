package io.reflectbatch.store.lucene;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.ConversationStoreContract;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.VectorSpace;

/**
 * A JVM of its own that writes ten points at a time to an index, says so after each call
 * that has returned, and goes on until it is halted; the time until then counts from the
 * first one.
 */
final class WritingProcess implements AutoCloseable {

	static final String COLLECTION = "conv_0123abcd_local";

	static final int POINTS_A_CALL = 10;

	private final Process process;

	private final BufferedReader output;

	private WritingProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	static WritingProcess start(Path index, Duration untilHalted) throws IOException {
		return new WritingProcess(
				new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-cp", System.getProperty("java.class.path"), WritingProcess.class.getName(), index.toString(),
						String.valueOf(untilHalted.toMillis()))
					.redirectError(ProcessBuilder.Redirect.DISCARD)
					.start());
	}

	/**
	 * Waits for the next call to return.
	 * @return how many have returned
	 */
	int awaitCall() throws Exception {
		return Integer.parseInt(CompletableFuture.supplyAsync(this::readLine).get(30, TimeUnit.SECONDS));
	}

	/**
	 * Waits until the process is halted.
	 * @return how many calls had returned
	 */
	int awaitEnd() throws Exception {
		List<String> lines = CompletableFuture.supplyAsync(() -> this.output.lines().toList())
			.get(30, TimeUnit.SECONDS);
		if (!this.process.waitFor(10, TimeUnit.SECONDS) || this.process.exitValue() != 9) {
			throw new IllegalStateException("Exit value " + this.process.exitValue() + " after " + lines.size());
		}
		return Integer.parseInt(lines.getLast());
	}

	private String readLine() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

	public static void main(String[] arguments) {
		try (ConversationStore store = new LuceneConversationStore(Path.of(arguments[0]),
				new VectorSpace("local", 8))) {
			store.ensureCollection(COLLECTION);
			for (int call = 1;; call++) {
				List<Point> points = ConversationStoreContract.points("conversation", call * POINTS_A_CALL);
				store.upsert(COLLECTION, points.subList(points.size() - POINTS_A_CALL, points.size()));
				System.out.println(call);
				if (call == 1) {
					haltAfter(Duration.ofMillis(Long.parseLong(arguments[1])));
				}
			}
		}
	}

	private static void haltAfter(Duration time) {
		Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
		later.execute(() -> Runtime.getRuntime().halt(9));
	}

}
