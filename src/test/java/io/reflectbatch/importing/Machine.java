package io.reflectbatch.importing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoreProperties;
import io.reflectbatch.store.qdrant.QdrantServer;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A data directory, a database and a store, on which one import after the other runs,
 * some of them in processes that die.
 */
final class Machine {

	private static final int HALTED = 137;

	// The application as the build has unpacked it, so that its AOT cache fits: that
	// halves the time of a start.
	private static final Path LAYOUT = Path.of("target/reflect-batch").toAbsolutePath();

	private static final String CLASS_PATH = Stream
		.concat(Stream.of(LAYOUT.resolve("reflect-batch.jar")),
				Stream.of(CrashingReflect.class, AgentBuilder.class, ByteBuddyAgent.class).map(Machine::place))
		.map(Path::toString)
		.collect(Collectors.joining(File.pathSeparator));

	private static final String PROJECT = "-home-dev-app";

	private final Path home;

	private final Path logs;

	private final Path jobFile;

	private final StoreProperties.Type store;

	/**
	 * Prepares a machine without memory.
	 * @param home the data directory
	 * @param logs the logs directory
	 * @param database the database
	 * @param store the store; what a Qdrant holds of the project is deleted
	 */
	Machine(Path home, Path logs, TestDatabase database, StoreProperties.Type store) throws IOException {
		this.home = home;
		this.logs = logs;
		this.store = store;
		this.jobFile = home.resolve("job.yaml");
		Files.createDirectories(home);
		Files.writeString(this.jobFile, """
				reflect:
				  job: import
				  chunking:
				    strategy: messages
				    messages: 2
				  store:
				    type: %s
				    qdrant:
				      url: %s
				  run:
				    commit-interval: 3
				    workers: 1
				""".formatted(store, qdrantUrl()) + dataSource(database));
		TestBeans.shareModelWith(home);
		if (store == StoreProperties.Type.QDRANT) {
			QdrantServer.shared().delete(PointIds.collection(PROJECT));
		}
	}

	private static Path place(Class<?> type) {
		return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
	}

	private String qdrantUrl() {
		return (this.store == StoreProperties.Type.QDRANT) ? QdrantServer.shared().url().toString()
				: "http://localhost:6333";
	}

	private static String dataSource(TestDatabase database) {
		return (database == TestDatabase.H2) ? "" : """
				spring:
				  datasource:
				    url: "%s"
				""".formatted(database.newUrl());
	}

	/**
	 * Starts an import in a process that halts at a point.
	 */
	void crashAt(CrashPoint point) throws IOException, InterruptedException {
		Process process = start(CrashingReflect.class.getName(), point.name());
		assertThat(exitCode(process)).as(() -> "exit code at " + point + ": " + output()).isEqualTo(HALTED);
	}

	/**
	 * Starts an import in another process.
	 */
	Process startImport() throws IOException {
		return start("io.reflectbatch.Reflect");
	}

	private Process start(String main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@jvm.options"));
		if (Runtime.version().feature() >= 25) {
			command.addAll(List.of("@jvm-25.options", "-XX:AOTCache=" + LAYOUT.resolve("reflect-batch.aot")));
		}
		// An agent that may not attach to its own process starts another one to do it.
		command.addAll(List.of("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading", "-cp", CLASS_PATH,
				main));
		command.addAll(List.of(arguments));
		command.addAll(List.of("run", this.jobFile.toString(), "--logs", this.logs.toString()));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().keySet().removeAll(List.of("QDRANT_URL", "LOGS_DIR", "STATE_FILE", "BATCH_SIZE"));
		builder.environment().put("REFLECT_HOME", this.home.toString());
		return builder.redirectErrorStream(true).redirectOutput(outputFile().toFile()).start();
	}

	/**
	 * Waits for a process to end.
	 */
	int exitCode(Process process) throws InterruptedException {
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("has ended").isTrue();
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * What the last process has said.
	 */
	String output() {
		try {
			return Files.readString(outputFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path outputFile() {
		return this.home.resolve("output.txt");
	}

	/**
	 * Opens the application to look at what there is.
	 */
	TestApplication open() {
		return TestApplication.start(this.jobFile, this.home, this.logs);
	}

	/**
	 * Imports what is left, which succeeds.
	 * @return what is there then
	 */
	Imported importRest() throws IOException {
		try (TestApplication application = open()) {
			List<JobExecution> executions = application.run();
			assertThat(executions).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			List<ExecutionSummary> history = application.bean(JobHistory.class).last(100);
			return new Imported(points(application), application.ledger(), application.problems(), stateFile(),
					temporaryFiles(), history.stream().mapToInt(ExecutionSummary::filesFinished).sum(),
					history.stream().mapToInt(ExecutionSummary::chunks).sum());
		}
	}

	private SortedMap<String, ImportedPoint> points(TestApplication application) {
		return (this.store == StoreProperties.Type.LUCENE) ? application.points()
				: ImportedPoint.allIn(QdrantServer.shared(), PointIds.collection(PROJECT));
	}

	// Without the times.
	private List<String> stateFile() throws IOException {
		try (Stream<String> lines = Files.lines(this.home.resolve("imported-files.json"))) {
			return lines.filter((line) -> !line.contains("\"last_imported\"") && !line.contains("\"imported_at\""))
				.toList();
		}
	}

	private List<Path> temporaryFiles() throws IOException {
		try (Stream<Path> files = Files.list(this.home)) {
			return files.filter((file) -> file.toString().endsWith(".tmp")).toList();
		}
	}

	/**
	 * What an import has left.
	 *
	 * @param points the points in the store
	 * @param ledger the files in the ledger
	 * @param problems the lines that could not be read
	 * @param stateFile the lines of the state file, without times
	 * @param temporaryFiles what should not be there
	 * @param filesFinished how many files all executions together have finished
	 * @param chunksWritten how many chunks all executions together have written
	 */
	record Imported(SortedMap<String, ImportedPoint> points, List<String> ledger, List<LineProblem> problems,
			List<String> stateFile, List<Path> temporaryFiles, int filesFinished, int chunksWritten) {

	}

}
