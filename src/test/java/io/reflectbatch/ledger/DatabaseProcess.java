package io.reflectbatch.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A JVM of its own that opens a database, and closes it when it is told to.
 */
final class DatabaseProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private DatabaseProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	/**
	 * Starts a process that only looks.
	 */
	static DatabaseProcess looking(String url) throws Exception {
		return start(url, "looking");
	}

	/**
	 * Starts a process that imports: it holds the lease.
	 */
	static DatabaseProcess importing(String url) throws Exception {
		return start(url, "importing");
	}

	/**
	 * Starts a process that claims messages in one transaction after another, and
	 * compacts the file after each.
	 */
	static DatabaseProcess compacting(String url, int transactions) throws Exception {
		return start(url, "compacting", String.valueOf(transactions));
	}

	private static DatabaseProcess start(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-Dh2.bindAddress=127.0.0.1", "-cp", System.getProperty("java.class.path"),
						DatabaseProcess.class.getName()));
		command.addAll(List.of(arguments));
		DatabaseProcess process = new DatabaseProcess(
				new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
		process.await("open");
		return process;
	}

	private void await(String word) throws Exception {
		String line = CompletableFuture.supplyAsync(this::firstLine).get(30, TimeUnit.SECONDS);
		if (!word.equals(line)) {
			throw new IllegalStateException("Expected " + word + ", found " + line);
		}
	}

	/**
	 * Waits until a process that claims has committed that many transactions.
	 */
	void awaitCommits(int count) throws IOException {
		String line = "";
		while (!line.equals(String.valueOf(count))) {
			line = this.output.readLine();
			if (line == null) {
				throw new IllegalStateException("Process " + pid() + " has ended");
			}
		}
	}

	private String firstLine() {
		try {
			return String.valueOf(this.output.readLine());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Lets the process close the database and end.
	 */
	void end() throws Exception {
		this.process.getOutputStream().close();
		if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
			throw new IllegalStateException("Process " + pid() + " does not end");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

	/**
	 * The process.
	 * @param arguments the URL of the database, and what to do with it
	 */
	public static void main(String[] arguments) throws IOException {
		try (HikariDataSource dataSource = TestDatabase.pool(arguments[0])) {
			Ledger ledger = new Ledger(dataSource);
			if (arguments[1].equals("importing")) {
				ledger.lease.acquire("import");
			}
			ledger.files.find("p/a.jsonl");
			System.out.println("open");
			if (arguments[1].equals("compacting")) {
				ledger.transactions.addListener(new DatabaseCompaction(dataSource, Duration.ZERO));
				DatabaseCompactionTests.claim(ledger, 1, Integer.parseInt(arguments[2]), System.out::println);
			}
			while (System.in.read() >= 0) {
				Thread.onSpinWait();
			}
		}
	}

}
