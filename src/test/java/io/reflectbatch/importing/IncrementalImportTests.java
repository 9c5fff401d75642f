package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.WorkTotals;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a second import does, and above all what it does not do.
 */
class IncrementalImportTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String OTHER = "-home-dev-app/other.jsonl";

	private static final String MESSAGES = "reflect.chunking.strategy=messages";

	private static final String TWO = "reflect.chunking.messages=2";

	@TempDir
	Path directory;

	private Path home = Path.of("");

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.home = this.directory.resolve("home");
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(FILE, LogDirectory.conversation("session", 0, 5));
		this.logs.write(OTHER, LogDirectory.conversation("other", 0, 3));
	}

	@Test
	void doesNothingWhenNothingIsNew() throws IOException {
		SortedMap<String, ImportedPoint> before = TestApplication.importInto(this.home, this.logs.root());
		SortedMap<String, String> index = files(this.home.resolve("lucene"));
		try (TestApplication application = start()) {
			List<String> ledger = application.ledger();
			List<Instant> times = importTimes(application);
			assertThat(application.importNew()).isEqualTo(new WorkTotals(0, 0, 0, 0, 0, 0));
			assertThat(application.isModelLoaded()).isFalse();
			assertThat(application.store().changes()).isZero();
			assertThat(application.ledger()).isEqualTo(ledger);
			assertThat(importTimes(application)).isEqualTo(times);
		}
		assertThat(ImportedPoint.allIn(this.home)).isEqualTo(before).isNotEmpty();
		assertThat(files(this.home.resolve("lucene"))).isEqualTo(index);
	}

	@Test
	void takesVectorsFromTheCacheWhenEverythingIsImportedAgain() throws IOException {
		String[] settings = { MESSAGES, TWO, "reflect.embedding.cache-size=1MB" };
		SortedMap<String, ImportedPoint> points;
		try (TestApplication application = TestApplication.start(this.home, this.logs.root(), settings)) {
			assertThat(summary(application)).returns(5, ExecutionSummary::chunks)
				.returns(0, ExecutionSummary::cachedChunks);
			points = application.points();
		}
		Files.delete(this.home.resolve("imported-files.json"));
		FileSystemUtils.deleteRecursively(this.home.resolve("database"));
		FileSystemUtils.deleteRecursively(this.home.resolve("lucene"));
		try (TestApplication application = TestApplication.start(this.home, this.logs.root(), settings)) {
			assertThat(summary(application)).returns(5, ExecutionSummary::chunks)
				.returns(5, ExecutionSummary::cachedChunks);
			assertThat(application.points()).isEqualTo(points);
		}
	}

	@Test
	void keepsNoVectorsUnlessAsked() {
		try (TestApplication application = start()) {
			assertThat(summary(application).cachedChunks()).isNull();
		}
		assertThat(this.home).isDirectoryNotContaining((file) -> file.toString().contains("cache"));
	}

	private static ExecutionSummary summary(TestApplication application) {
		return application.bean(JobHistory.class).summary(application.run().getLast());
	}

	@Test
	void finishesAnImportOfEverythingAndDoesNotBeginItAgain() {
		try (TestApplication application = start(MESSAGES, TWO)) {
			application.importNew();
		}
		try (TestApplication application = start(MESSAGES, TWO, "reflect.run.reimport=true",
				"reflect.run.commit-interval=1")) {
			application.store().beforeUpsert(3, StoreProbe::fail);
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			List<JobExecution> executions = application.run();
			assertThat(executions).hasSize(2).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.totals(executions.getFirst()).filesFinished()).isEqualTo(2);
			assertThat(application.totals(executions.getLast()).files()).isZero();
			assertThat(application.importNew().files()).as("asked for once more").isEqualTo(2);
		}
	}

	@Test
	void anInterruptedImportOfEverythingIsOneOfEverythingWhoeverRestartsIt() {
		try (TestApplication application = start(MESSAGES, TWO)) {
			application.importNew();
		}
		try (TestApplication application = start(MESSAGES, TWO, "reflect.run.reimport=true")) {
			application.bean(StopSignal.class).raise();
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.STOPPED);
		}
		try (TestApplication application = start(MESSAGES, TWO)) {
			List<JobExecution> executions = application.run();
			assertThat(application.totals(executions.getFirst()).filesFinished()).isEqualTo(2);
			assertThat(application.totals(executions.getLast()).files()).isZero();
		}
	}

	@Test
	void doesNothingForFilesWithoutMessages() throws IOException {
		this.logs.write("-home-dev-app/empty.jsonl");
		this.logs.write("-home-dev-app/silent.jsonl", "{\"type\":\"system\",\"content\":\"x\"}");
		try (TestApplication application = start()) {
			assertThat(application.importNew().filesFinished()).isEqualTo(4);
			assertThat(application.importNew().files()).isZero();
			assertThat(application.file("-home-dev-app/empty.jsonl").status()).isEqualTo(KnownFile.Status.IMPORTED);
		}
	}

	@Test
	void completesWithAnEmptyDirectory() throws IOException {
		Path empty = Files.createDirectory(this.directory.resolve("empty"));
		try (TestApplication application = TestApplication.start(this.home, empty)) {
			assertThat(application.importNew().files()).isZero();
			assertThat(application.importNew().files()).isZero();
			assertThat(application.isModelLoaded()).isFalse();
		}
	}

	@Test
	void replacesAFileThatWasRewritten() throws IOException {
		try (TestApplication application = start(MESSAGES, TWO)) {
			application.importNew();
			this.logs.write(FILE, LogDirectory.conversation("rewritten", 0, 6));
			assertThat(application.importNew()).extracting(WorkTotals::files, WorkTotals::chunks).containsExactly(1, 3);
			assertLikeAFreshImport(application, MESSAGES, TWO);
			assertThat(application.texts("session")).hasSize(3).allMatch((text) -> text.contains("of rewritten"));
		}
	}

	@Test
	void replacesAFileThatWasRewrittenWithTheSameSize() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			long size = Files.size(this.logs.path(FILE));
			this.logs.write(FILE, LogDirectory.conversation("noisses", 0, 5));
			assertThat(this.logs.path(FILE)).hasSize(size);
			assertThat(application.importNew().files()).isEqualTo(1);
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void deletesThePointsBeyondTheEndOfAFileThatShrank() throws IOException {
		try (TestApplication application = start(MESSAGES, TWO)) {
			application.importNew();
			this.logs.write(FILE, LogDirectory.conversation("session", 0, 3));
			application.importNew();
			assertThat(application.texts("session")).hasSize(2);
			assertLikeAFreshImport(application, MESSAGES, TWO);
			this.logs.write(FILE);
			application.importNew();
			assertThat(application.texts("session")).isEmpty();
			assertThat(application.texts("other")).hasSize(2);
		}
	}

	@Test
	void keepsWhatItKnowsOfAFileThatVanished() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			SortedMap<String, ImportedPoint> before = application.points();
			List<String> ledger = application.ledger();
			this.logs.delete(OTHER);
			assertThat(application.importNew().files()).isZero();
			assertThat(application.points()).isEqualTo(before);
			assertThat(application.ledger()).isEqualTo(ledger);
		}
	}

	@Test
	void onlyTakesNoteOfAFileThatWasTouched() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			Instant touched = Instant.parse("2025-09-09T09:09:09.987654321Z");
			Files.setLastModifiedTime(this.logs.path(FILE), FileTime.from(touched));
			int changes = application.store().changes();
			assertThat(application.importNew().files()).isZero();
			assertThat(application.store().changes()).isEqualTo(changes);
			assertThat(application.file(FILE).stamp().modified()).isEqualTo(touched);
			assertThat(Files.readString(this.home.resolve("imported-files.json"))).contains("1757408949.9876542");
		}
	}

	@Test
	void importsNothingAgainWhenTheLogsDirectoryHasMoved() throws IOException {
		TestApplication.importInto(this.home, this.logs.root());
		Path moved = this.directory.resolve("elsewhere");
		Files.move(this.logs.root(), moved);
		try (TestApplication application = TestApplication.start(this.home, moved)) {
			assertThat(application.importNew().files()).isZero();
			assertThat(application.store().changes()).isZero();
			assertThat(application.file(FILE).root()).isEqualTo(moved.toString());
		}
	}

	@Test
	void renewsEveryFileOnDemand() throws IOException {
		TestApplication.importInto(this.home, this.logs.root(), MESSAGES, TWO);
		try (TestApplication application = start("reflect.run.reimport=true")) {
			WorkTotals totals = application.importNew();
			assertThat(totals.files()).isEqualTo(2);
			assertThat(application.store().points()).isEqualTo(totals.chunks()).isPositive();
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void keepsThePointsOfAnotherChunkingUntilAFileChanges() throws IOException {
		SortedMap<String, ImportedPoint> before = TestApplication.importInto(this.home, this.logs.root(), MESSAGES,
				TWO);
		try (TestApplication application = start()) {
			assertThat(application.importNew().files()).isZero();
			assertThat(application.points()).isEqualTo(before);
			this.logs.append(FILE, LogDirectory.conversation("session", 5, 1));
			this.logs.append(OTHER, LogDirectory.conversation("other", 3, 1));
			application.importNew();
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void failsWhenMostFilesAreGone() throws IOException {
		this.logs.write("-home-dev-app/third.jsonl", LogDirectory.conversation("third", 0, 1));
		SortedMap<String, ImportedPoint> before = TestApplication.importInto(this.home, this.logs.root());
		this.logs.delete(FILE).delete(OTHER);
		try (TestApplication application = start()) {
			List<String> ledger = application.ledger();
			List<JobExecution> executions = application.run();
			assertThat(executions).singleElement().satisfies(IncrementalImportTests::lostItsLogs);
			assertThat(application.store().changes()).isZero();
			assertThat(application.ledger()).isEqualTo(ledger);
			assertThat(application.run()).singleElement()
				.satisfies(IncrementalImportTests::lostItsLogs)
				.returns(executions.getFirst().getJobInstanceId(), JobExecution::getJobInstanceId);
		}
		try (TestApplication application = start("reflect.source.allow-missing=true")) {
			assertThat(application.run()).hasSize(2)
				.allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.points()).isEqualTo(before);
		}
	}

	// As Claude Code's own clean-up does: in time, most files that were ever seen are
	// gone.
	@Test
	void logsThatAreDeletedOneByOneAreNotMissing() throws IOException {
		SortedMap<String, ImportedPoint> all = new TreeMap<>(TestApplication.importInto(this.home, this.logs.root()));
		String oldest = FILE;
		for (int day = 0; day < 4; day++) {
			this.logs.delete(oldest);
			oldest = "-home-dev-app/day" + day + ".jsonl";
			this.logs.write(oldest, LogDirectory.conversation("day" + day, 0, 3));
			all.putAll(TestApplication.importInto(this.home, this.logs.root()));
		}
		assertThat(ImportedPoint.allIn(this.home)).isEqualTo(all).hasSizeGreaterThan(5);
	}

	@Test
	void aFileThatComesBackIsExpectedToStay() throws IOException {
		TestApplication.importInto(this.home, this.logs.root());
		byte[] other = Files.readAllBytes(this.logs.path(OTHER));
		FileTime modified = Files.getLastModifiedTime(this.logs.path(OTHER));
		this.logs.delete(OTHER);
		TestApplication.importInto(this.home, this.logs.root());
		Files.write(this.logs.path(OTHER), other);
		Files.setLastModifiedTime(this.logs.path(OTHER), modified);
		TestApplication.importInto(this.home, this.logs.root());
		this.logs.delete(FILE).delete(OTHER);
		try (TestApplication application = start()) {
			assertThat(application.run()).singleElement().returns(BatchStatus.FAILED, JobExecution::getStatus);
		}
	}

	private static void lostItsLogs(JobExecution execution) {
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution.getAllFailureExceptions()).singleElement()
			.isInstanceOf(LogsUnavailableException.class)
			.asString()
			.contains("Of the 3 conversation logs", "2 are gone", "--allow-missing");
	}

	@Test
	void failsWhenTheLogsDirectoryIsGone() throws IOException {
		TestApplication.importInto(this.home, this.logs.root());
		try (TestApplication application = TestApplication.start(this.home, this.directory.resolve("unmounted"))) {
			assertThat(application.run()).singleElement()
				.satisfies((execution) -> assertThat(execution.getAllFailureExceptions()).singleElement()
					.isInstanceOf(LogsUnavailableException.class));
		}
	}

	private TestApplication start(String... options) {
		return TestApplication.start(this.home, this.logs.root(), options);
	}

	private void assertLikeAFreshImport(TestApplication application, String... options) {
		Path fresh = this.directory.resolve("fresh");
		assertThat(application.points()).isEqualTo(TestApplication.importInto(fresh, this.logs.root(), options));
	}

	private static List<Instant> importTimes(TestApplication application) {
		return List.of(FILE, OTHER)
			.stream()
			.map((file) -> String.valueOf(application.file(file).importedAt()))
			.map(Instant::parse)
			.toList();
	}

	private static SortedMap<String, String> files(Path directory) throws IOException {
		SortedMap<String, String> files = new TreeMap<>();
		try (Stream<Path> paths = Files.list(directory)) {
			for (Path path : paths.toList()) {
				files.put(path.getFileName().toString(), Files.size(path) + " " + Files.getLastModifiedTime(path));
			}
		}
		return files;
	}

}
