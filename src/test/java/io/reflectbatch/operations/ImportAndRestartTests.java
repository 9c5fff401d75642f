package io.reflectbatch.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.reflectbatch.importing.ImportProgress;
import io.reflectbatch.importing.StopSignal;
import io.reflectbatch.ledger.Adoption;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.StateFileBridge;
import io.reflectbatch.ledger.StateFileException;
import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.PointIds;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs real imports into Lucene: what history says of a restart, and what becomes of
 * files that the Python importer has imported.
 */
@Timeout(120)
class ImportAndRestartTests {

	private static final int MESSAGES = 24;

	private static final Map<String, Object> OURS = Map.of("reflect.run.commit-interval", 1);

	/**
	 * As the Python importer, but with a message a chunk, so that our own chunks are
	 * fewer.
	 */
	private static final Map<String, Object> THEIRS = Map.of("reflect.chunking.strategy", "messages",
			"reflect.chunking.messages", 1);

	@TempDir
	private Path directory;

	@BeforeEach
	void writeLogs() throws IOException {
		for (String name : List.of("a", "b", "c", "d")) {
			Path file = log(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, messages(name, MESSAGES));
		}
	}

	@Test
	void aRestartCountsOnlyWhatItHasDoneItself() throws Exception {
		Path home = this.directory.resolve("home");
		ExecutionSummary stopped;
		try (ReflectBatch application = ReflectBatch.start(home, logs(), OURS)) {
			stopped = application.lastOf(stopAfterTheFirstChunk(application));
		}
		try (ReflectBatch application = ReflectBatch.start(home, logs(), OURS)) {
			List<JobExecution> executions = application.runImport();
			ExecutionSummary restart = application.get(JobHistory.class).summary(executions.getFirst());
			assertThat(stopped.status()).isEqualTo("STOPPED");
			assertThat(stopped.reason()).doesNotContain("Exception").contains("stopped on request");
			assertThat(stopped.chunks()).isPositive();
			assertThat(restart.restartOf()).isEqualTo(stopped.id());
			assertThat(restart.status()).isEqualTo("COMPLETED");
			assertThat(stopped.files()).isEqualTo(4);
			assertThat(restart.files()).isEqualTo(4 - stopped.filesFinished()).isEqualTo(restart.filesFinished());
			assertThat(stopped.chunks() + restart.chunks()).isEqualTo(points(application))
				.isEqualTo(application.get(WorkList.class).totals(restart.instance()).chunks());
			assertThat(application.get(JobHistory.class).last(2).getLast()).isEqualTo(restart);
		}
	}

	@Test
	void runsOnPostgresAsWell() {
		Map<String, Object> settings = Map.of("spring.datasource.url", TestDatabase.POSTGRESQL.newUrl());
		Path home = this.directory.resolve("home");
		for (int files : new int[] { 4, 0 }) {
			try (ReflectBatch application = ReflectBatch.start(home, logs(), settings)) {
				ExecutionSummary summary = application.lastOf(application.runImport());
				assertThat(summary.status()).isEqualTo("COMPLETED");
				assertThat(summary.filesFinished()).isEqualTo(files);
				// PostgreSQL keeps microseconds.
				assertThat(application.get(JobHistory.class).last(1)).singleElement()
					.usingRecursiveComparison()
					.ignoringFields("start", "duration")
					.isEqualTo(summary);
			}
		}
		assertThat(home.resolve("database")).doesNotExist();
	}

	private static List<JobExecution> stopAfterTheFirstChunk(ReflectBatch application) throws Exception {
		CompletableFuture<List<JobExecution>> running = CompletableFuture.supplyAsync(application::runImport);
		ImportProgress progress = application.get(ImportProgress.class);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.atMost(Duration.ofSeconds(60))
			.until(() -> progress.snapshot().chunks() > 0 || running.isDone());
		application.get(StopSignal.class).raise();
		return running.get(60, TimeUnit.SECONDS);
	}

	@Test
	void goesOnWhereThePythonImporterStopped() throws Exception {
		Path theirs = this.directory.resolve("theirs");
		try (ReflectBatch python = ReflectBatch.start(theirs, logs(), THEIRS)) {
			python.runImport();
			assertThat(points(python)).isEqualTo(4 * MESSAGES);
		}
		Path home = this.directory.resolve("ours");
		copy(theirs.resolve("lucene"), home.resolve("lucene"));
		Files.writeString(log("b"), messages("more", 3), StandardOpenOption.APPEND);
		try (ReflectBatch application = ReflectBatch.start(home, logs(), OURS)) {
			assertThat(adopt(application, theirs.resolve("imported-files.json")))
				.isEqualTo(new Adoption(4, 1, 0, 0, List.of(), 0));
			ExecutionSummary first = application.lastOf(application.runImport());
			assertThat(first.files()).isEqualTo(1);
			KnownFile grown = application.get(FileLedger.class).find("p/b.jsonl").orElseThrow();
			assertThat(grown.status()).isEqualTo(KnownFile.Status.IMPORTED);
			assertThat(grown.outcome().messages()).isEqualTo(MESSAGES + 3);
			assertThat(grown.outcome().chunks()).isEqualTo(first.chunks()).isLessThan(MESSAGES);
			assertThat(points(application)).isEqualTo(3 * MESSAGES + first.chunks());
			assertThat(application.get(FileLedger.class).find("p/a.jsonl").orElseThrow().status())
				.isEqualTo(KnownFile.Status.ADOPTED);
			assertThat(application.lastOf(application.runImport()).files()).isZero();
		}
	}

	// A state file is no proof that there are points: the volume of Qdrant may not be the
	// one that the Python importer has written to.
	@Test
	void importsAdoptedFilesOfWhichTheStoreHasNothing() throws IOException {
		Path theirs = this.directory.resolve("theirs");
		try (ReflectBatch python = ReflectBatch.start(theirs, logs(), THEIRS)) {
			python.runImport();
		}
		try (ReflectBatch application = ReflectBatch.start(this.directory.resolve("ours"), logs(), OURS)) {
			assertThat(adopt(application, theirs.resolve("imported-files.json")).adopted()).isEqualTo(4);
			ExecutionSummary first = application.lastOf(application.runImport());
			assertThat(first.files()).isEqualTo(4);
			assertThat(points(application)).isEqualTo(first.chunks()).isPositive();
			assertThat(application.get(FileLedger.class).find("p/a.jsonl").orElseThrow().status())
				.isEqualTo(KnownFile.Status.IMPORTED);
			assertThat(application.lastOf(application.runImport()).files()).isZero();
		}
	}

	@Test
	void adoptsNothingOfADamagedFile() throws IOException {
		Path damaged = this.directory.resolve("damaged.json");
		Files.writeString(damaged, """
				{"imported_files": {
				  "/logs/p/a.jsonl": {"last_modified": 1.0, "last_imported": 2.0},
				  "/logs/p/b.jsonl": 17}}""");
		try (ReflectBatch application = ReflectBatch.start(this.directory.resolve("home"), logs(), OURS)) {
			assertThatExceptionOfType(StateFileException.class).isThrownBy(() -> adopt(application, damaged))
				.withMessageContaining("line 3");
			assertThat(application.get(FileLedger.class).find("p/a.jsonl")).isEmpty();
		}
	}

	private Adoption adopt(ReflectBatch application, Path state) {
		return application.get(StateFileBridge.class).adopt(state, logs());
	}

	private static int points(ReflectBatch application) {
		return (int) application.get(ConversationStore.class).count(PointIds.collection("p"));
	}

	private Path logs() {
		return this.directory.resolve("logs");
	}

	private Path log(String name) {
		return logs().resolve("p").resolve(name + ".jsonl");
	}

	private static String messages(String conversation, int count) {
		StringBuilder lines = new StringBuilder();
		for (int number = 0; number < count; number++) {
			String role = (number % 2 == 0) ? "user" : "assistant";
			lines
				.append("""
						{"type":"%s","uuid":"%s-%d","timestamp":"2026-03-01T10:00:00Z","message":{"role":"%s","content":"%s"}}
						"""
					.formatted(role, conversation, number, role,
							("Message " + number + " of " + conversation + ". ").repeat(8)));
		}
		return lines.toString();
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Path target = to.resolve(from.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(target);
				}
				else {
					Files.copy(file, target);
				}
			}
		}
	}

}
