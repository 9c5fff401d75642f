package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileCoverage;
import io.reflectbatch.ledger.FileDeath;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.LeaseHeldException;
import io.reflectbatch.ledger.MemorySample;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.ledger.WorkTotals;
import io.reflectbatch.operations.Difference;
import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.FileRetry;
import io.reflectbatch.operations.JobHistory;
import io.reflectbatch.operations.NotPutAsideException;
import io.reflectbatch.operations.OtherStoreException;
import io.reflectbatch.operations.PruneReport;
import io.reflectbatch.operations.PruneRequest;
import io.reflectbatch.operations.Pruning;
import io.reflectbatch.operations.Sample;
import io.reflectbatch.operations.Verification;
import io.reflectbatch.operations.VerificationReport;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.store.StoredPoint;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What an operator does with imports: verify, repair, prune, and retry what was put
 * aside.
 */
@ParameterizedClass
@EnumSource
class OperationsTests {

	private static final String PROJECT = "-home-dev-app";

	private static final String COLLECTION = PointIds.collection(PROJECT);

	private static final String ONE = PROJECT + "/one.jsonl";

	private static final String TWO = PROJECT + "/two.jsonl";

	/**
	 * The first call of the store that is not an upsert: whether it can be reached.
	 */
	private static final int NO_UPSERT = 0;

	private static final String TWO_MESSAGES = "reflect.chunking.messages=2";

	private final String database;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	OperationsTests(TestDatabase database) {
		this.database = database.newUrl();
	}

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(ONE, conversation("one", 0, 6));
		this.logs.write(TWO, conversation("two", 0, 4));
	}

	@Test
	void everythingAgreesAfterAnImport() {
		try (TestApplication application = start()) {
			application.importNew();
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.agrees()).isTrue();
			assertThat(report)
				.extracting(VerificationReport::files, VerificationReport::reread, VerificationReport::points)
				.containsExactly(2, 2, 5L);
		}
	}

	@Test
	void findsAndRepairsWhatIsMissingDriftedAndOrphaned() {
		try (TestApplication application = start()) {
			application.importNew();
			Map<String, ImportedPoint> before = application.points();
			ConversationStore store = application.bean(ConversationStore.class);
			store.delete(COLLECTION, List.of(PointIds.id("one", 1)));
			store.upsert(COLLECTION, List.of(point("one", 2, "something else"), point("two", 7, "left over"),
					point("somebody-elses", 0, "not ours")));

			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.differences()).containsExactlyInAnyOrder(
					difference("one", ONE, sample(1), sample(2), sample()),
					difference("two", TWO, sample(), sample(), sample(PointIds.id("two", 7))));
			assertThat(report.unknown())
				.containsExactly(new VerificationReport.Unknown(COLLECTION, "somebody-elses", 1));

			assertThat(application.bean(Verification.class).repair(report)).isOne();
			assertThat(application.importNew().files()).isOne();
			assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
			assertThat(application.points()).containsAllEntriesOf(before).hasSize(before.size() + 1);
		}
	}

	@Test
	void comparesOnlyIdsOfFilesThatChangedOrVanished() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(ONE, conversation("one", 6, 1));
			this.logs.delete(TWO);
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.agrees()).isTrue();
			assertThat(report.reread()).isZero();
			assertThat(report.waiting()).isOne();
			application.bean(ConversationStore.class).delete(COLLECTION, List.of(PointIds.id("two", 0)));
			assertThat(application.bean(Verification.class).verify().differences())
				.containsExactly(new Difference(COLLECTION, "two", TWO, false, sample(0), sample(), sample()));
		}
	}

	@Test
	void aStoreThatLostItsDataIsFilledAgain() throws IOException {
		Map<String, ImportedPoint> before;
		try (TestApplication application = start()) {
			application.importNew();
			before = application.points();
		}
		try (var files = Files.newDirectoryStream(home().resolve("lucene"))) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
		try (TestApplication application = start()) {
			assertThat(application.importNew().files()).isEqualTo(2);
			assertThat(application.points()).isEqualTo(before);
		}
	}

	@Test
	void prunesRunsThatAreOverButNeverTheLastOrAFailedOne() {
		try (TestApplication application = start()) {
			application.importNew();
			application.importNew();
			application.store().beforeUpsert(6, StoreProbe::fail);
			application.importNew();
			Pruning pruning = application.bean(Pruning.class);
			PruneRequest keepOne = runs(1, null);
			assertThat(pruning.preview(keepOne).executions()).containsExactly(1L, 2L);
			assertThat(application.bean(JobHistory.class).last(10)).hasSize(3);
			assertThat(pruning.prune(runs(null, Duration.ofDays(1))).executions()).isEmpty();
			assertThat(pruning.prune(keepOne).executions()).containsExactly(1L, 2L);
			assertThat(application.bean(JobHistory.class).last(10)).singleElement()
				.satisfies((execution) -> assertThat(execution.id()).isEqualTo(3));
		}
	}

	@Test
	void leavesNoRowOfAPrunedRunBehind() {
		try (TestApplication application = start()) {
			application.store().beforeUpsert(1, StoreProbe::fail);
			application.run();
			application.run();
			Map<String, Long> before = rows(application);
			this.logs.append(ONE, conversation("one", 6, 1));
			application.importNew();
			application.bean(Pruning.class).prune(runs(1, null));
			Map<String, Long> after = rows(application);
			assertThat(before).allSatisfy((table, rows) -> assertThat(rows).as(table).isPositive());
			// What is left is the last run: one instance with one execution.
			assertThat(after).containsEntry("batch_job_instance", 1L)
				.containsEntry("batch_job_execution", 1L)
				.containsEntry("batch_job_execution_context", 1L)
				.containsEntry("execution_work", 1L)
				.containsEntry("planned_file", 1L)
				.containsEntry("batch_step_execution_context", after.get("batch_step_execution"));
			assertThat(orphanedSamples(application)).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Long> rows(TestApplication application) {
		JdbcClient jdbc = application.bean(JdbcClient.class);
		Map<String, Long> rows = new TreeMap<>();
		for (String table : List.of("batch_job_instance", "batch_job_execution", "batch_job_execution_params",
				"batch_job_execution_context", "batch_step_execution", "batch_step_execution_context", "execution_work",
				"planned_file", "memory_sample")) {
			rows.put(table, jdbc.sql("select count(*) from " + table).query(Long.class).single());
		}
		return rows;
	}

	private static long orphanedSamples(TestApplication application) {
		return application.bean(JdbcClient.class).sql("""
				select count(*) from memory_sample where job_execution_id not in (
				  select job_execution_id from batch_job_execution)""").query(Long.class).single();
	}

	@Test
	void keepsAFailedRunForItsRestart() throws IOException {
		try (TestApplication application = start()) {
			application.store().beforeUpsert(1, StoreProbe::fail);
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(application.bean(Pruning.class).prune(runs(1, null)).executions()).isEmpty();
			assertThat(application.run()).extracting(JobExecution::getStatus)
				.containsExactly(BatchStatus.COMPLETED, BatchStatus.COMPLETED);
		}
	}

	@Test
	void aPrunedConversationStaysAwayUntilItIsAskedFor() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			Map<String, ImportedPoint> before = application.points();
			PruneReport report = application.bean(Pruning.class)
				.prune(new PruneRequest(null, null, List.of("one", "nobody"), List.of(), List.of(), List.of()));
			assertThat(report.conversations()).containsExactly(new PruneReport.Conversation("one", ONE, 3));
			assertThat(report.unknown()).containsExactly("nobody");
			this.logs.append(TWO, conversation("two", 4, 1));
			assertThat(application.importNew().files()).isOne();
			assertThat(application.texts("one")).isEmpty();

			application.bean(FileRetry.class).retry(ONE);
			assertThat(application.importNew().files()).isOne();
			assertThat(application.points()).containsAllEntriesOf(before);
		}
	}

	@Test
	void prunesByProjectAndByPath() {
		try (TestApplication application = start()) {
			application.importNew();
			Pruning pruning = application.bean(Pruning.class);
			assertThat(pruning
				.preview(new PruneRequest(null, null, List.of(), List.of(PROJECT, "-x"), List.of(), List.of())))
				.satisfies((report) -> {
					assertThat(report.conversations()).hasSize(2);
					assertThat(report.unknown()).containsExactly("-x");
				});
			pruning.prune(new PruneRequest(null, null, List.of(), List.of(), List.of(TWO), List.of()));
			assertThat(application.texts("two")).isEmpty();
			assertThat(application.texts("one")).hasSize(3);
		}
	}

	@Test
	void prunesNoConversationWhosePointsAreInAnotherStore() {
		try (TestApplication application = start()) {
			application.importNew();
			JdbcClient jdbc = application.bean(JdbcClient.class);
			jdbc.sql("update conversation_file set store = 'qdrant' where path = ?").param(ONE).update();
			Pruning pruning = application.bean(Pruning.class);
			PruneRequest project = new PruneRequest(null, null, List.of(), List.of(PROJECT), List.of(), List.of());
			for (ThrowingCallable attempt : List.<ThrowingCallable>of(() -> pruning.preview(project),
					() -> pruning.prune(project))) {
				assertThatExceptionOfType(OtherStoreException.class).isThrownBy(attempt)
					.withMessageContainingAll(ONE + " are in the store qdrant", "lucene", "--store qdrant",
							"QDRANT_URL");
			}
			assertThat(application.file(ONE).status()).isEqualTo(KnownFile.Status.IMPORTED);
			assertThat(application.texts("two")).hasSize(2);
			jdbc.sql("update conversation_file set status = 'ADOPTED' where path = ?").param(ONE).update();
			pruning.prune(project);
			assertThat(application.points()).as("of an adopted file it is not known").isEmpty();
		}
	}

	@Test
	void prunesNoConversationWhileAnImportRuns() {
		try (TestApplication importing = start(); TestApplication other = start()) {
			importing.importNew();
			importing.bean(RunningLease.class).hold(JobName.IMPORT, () -> {
				PruneRequest one = new PruneRequest(null, null, List.of("one"), List.of(), List.of(), List.of());
				assertThatExceptionOfType(LeaseHeldException.class)
					.isThrownBy(() -> other.bean(Pruning.class).prune(one));
				return one;
			});
			assertThat(importing.file(ONE).status()).isEqualTo(KnownFile.Status.IMPORTED);
		}
	}

	@Test
	void whatIsLeftOfAPruneThatWasCutOffIsOrphaned() {
		try (TestApplication application = start()) {
			application.importNew();
			application.bean(FileLedger.class).forget(application.file(ONE).id());
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.orphaned()).isEqualTo(3);
			assertThat(application.bean(Verification.class).repair(report)).isZero();
			assertThat(application.texts("one")).isEmpty();
			assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
		}
	}

	// A restart goes on behind what is committed, so none of it may be taken for
	// orphaned.
	@Test
	void doesNotTouchWhatAFailedImportLeftForItsRestart() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(ONE, conversation("one", 6, 40));
			application.store().beforeUpsert(4, StoreProbe::fail);
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.agrees()).isTrue();
			assertThat(report.open()).isOne();
			application.bean(Verification.class).repair(report);
			application.run();
			assertThat(application.texts("one")).hasSize(23);
			assertThat(application.bean(Verification.class).verify())
				.satisfies((after) -> assertThat(after.agrees()).isTrue())
				.extracting(VerificationReport::open)
				.isEqualTo(0);
		}
	}

	@Test
	void findsAPayloadThatIsNotThatOfTheLog() {
		try (TestApplication application = start()) {
			application.importNew();
			ConversationStore store = application.bean(ConversationStore.class);
			StoredPoint stored = store.find(COLLECTION, List.of(PointIds.id("one", 0))).getFirst();
			Map<String, Object> payload = new HashMap<>(stored.payload());
			payload.put("tags", "somebody added them");
			store.upsert(COLLECTION, List.of(new Point(stored.id(), vector(0), payload)));
			assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
			payload.put(Point.PROJECT, "-home-dev-elsewhere");
			store.upsert(COLLECTION, List.of(new Point(stored.id(), vector(0), payload)));
			assertThat(application.bean(Verification.class).verify().differences())
				.containsExactly(difference("one", ONE, sample(), sample(0), sample()));
		}
	}

	@Test
	void whatWasDeletedOrMovedByClaudeCodeIsNoOrphan() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			Files.createDirectories(this.logs.path("-home-dev-moved"));
			Files.move(this.logs.path(ONE), this.logs.path("-home-dev-moved/one.jsonl"));
			assertThat(application.importNew().files()).isOne();
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.agrees()).isTrue();
			assertThat(report.points()).isGreaterThanOrEqualTo(5);
			assertThat(application.texts("one")).isNotEmpty();
		}
	}

	@Test
	void aQuarantinedFileIsNotCompared() {
		try (TestApplication application = start()) {
			dieWhileReading(application, FileDeaths.QUARANTINE_DEATHS);
			application.run();
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.agrees()).isTrue();
			assertThat(report.open()).isOne();
			assertThat(report.waiting()).isZero();
		}
	}

	@Test
	void aSuspectAndAQuarantinedFileAreShownWithTheEvidence() {
		try (TestApplication application = start()) {
			dieWhileReading(application, FileDeaths.QUARANTINE_DEATHS);
			List<JobExecution> executions = application.run();
			long restart = executions.getFirst().getId();
			assertThat(application.bean(FileDeaths.class).all())
				.extracting(FileDeath::path, FileDeath::quarantined, FileDeath::execution, FileDeath::evidence)
				.startsWith(tuple(ONE, true, 1000L, "killed: last seen " + Instant.EPOCH))
				.hasSize(3);
			JobHistory history = application.bean(JobHistory.class);
			assertThat(history.find(restart).orElseThrow()).satisfies((details) -> {
				assertThat(details.deaths()).hasSize(3);
				assertThat(details.summary().quarantined()).containsExactly(ONE);
				assertThat(details.files()).extracting(PlannedFileProgress::path, PlannedFileProgress::state)
					.containsExactlyInAnyOrder(tuple(ONE, PlannedFileProgress.State.QUARANTINED),
							tuple(TWO, PlannedFileProgress.State.DONE));
			});
		}
	}

	@Test
	void theHistoryTellsThatAProcessWasKilledBeforeItIsRestarted() {
		try (TestApplication application = start()) {
			JdbcClient jdbc = application.bean(JdbcClient.class);
			importAndBeKilled(application);
			ExecutionSummary killed = application.bean(JobHistory.class).last(1).getFirst();
			assertThat(killed.reason()).matches(
					"killed: lease expired, last seen \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, 412 MB resident; the next import restarts it");
			assertThat(killed.duration()).isEqualTo(Duration.ZERO);
			jdbc.sql("update job_lease set heartbeat_at = current_timestamp").update();
			assertThat(application.bean(JobHistory.class).last(1).getFirst().reason()).isNull();
			jdbc.sql("update job_lease set heartbeat_at = current_timestamp - interval '40' second").update();
			application.run();
			ExecutionSummary recovered = application.bean(JobHistory.class).last(10).getLast();
			assertThat(recovered.status()).isEqualTo("FAILED");
			assertThat(recovered.reason()).startsWith("killed: lease expired, last seen ").endsWith(" 412 MB resident");
			assertThat(recovered.duration()).isEqualTo(Duration.ZERO);
		}
	}

	private static void importAndBeKilled(TestApplication application) {
		application.importNew();
		JdbcClient jdbc = application.bean(JdbcClient.class);
		jdbc.sql("update batch_job_execution set status = 'STARTED', end_time = null").update();
		jdbc.sql(
				"update job_lease set held = true, host = 'pod-1', heartbeat_at = current_timestamp - interval '40' second")
			.update();
		jdbc.sql("delete from memory_sample").update();
		application.bean(ExecutionLog.class).sample(1, new MemorySample(Instant.now(), 412L << 20, null));
	}

	@Test
	void theHistoryTellsThatAProcessWasKilledWhenAnotherCommandComesBeforeTheRestart() {
		try (TestApplication application = start()) {
			importAndBeKilled(application);
			application.bean(Verification.class).exclusively(application.bean(Verification.class)::verify);
			ExecutionSummary killed = application.bean(JobHistory.class).last(1).getFirst();
			assertThat(killed.status()).isEqualTo("FAILED");
			assertThat(killed.reason()).startsWith("killed: lease expired, last seen ").endsWith(" 412 MB resident");
			assertThat(application.run()).hasSize(2);
			assertThat(application.bean(JobHistory.class).last(10).getLast().reason()).isEqualTo(killed.reason());
		}
	}

	@Test
	void theHistoryTellsThatAProcessWasKilledWhenTheStoreIsDownAtTheRestart() {
		try (TestApplication application = start()) {
			importAndBeKilled(application);
			application.store().beforeUpsert(NO_UPSERT, StoreProbe::fail);
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(application::run);
			assertThat(application.bean(JobHistory.class).last(1).getFirst().reason())
				.startsWith("killed: lease expired, last seen ")
				.endsWith(" 412 MB resident");
		}
	}

	@Test
	void aFileIsTriedAloneAfterTwoDeathsAndPutAsideAfterThree() {
		try (TestApplication application = start()) {
			dieWhileReading(application, 2);
			List<JobExecution> executions = application.run();
			assertThat(executions).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.texts("one")).hasSize(3);
			assertThat(application.bean(FileDeaths.class).evidence(application.file(ONE).id())).isEmpty();
		}
	}

	@Test
	void whatASuspectHadWrittenBeforeItsDeathIsNotCountedTwice() {
		try (TestApplication application = start("reflect.run.commit-interval=1", "reflect.run.workers=1")) {
			application.store().beforeUpsert(2, StoreProbe::fail);
			JobExecution failed = application.run().getLast();
			assertThat(application.totals(failed)).returns(3, WorkTotals::chunks).returns(1, WorkTotals::filesFinished);
			FileDeaths deaths = application.bean(FileDeaths.class);
			deaths.record(failed.getJobInstanceId(), 1000, "killed");
			deaths.record(failed.getJobInstanceId(), 1001, "killed");
			application.run();
			assertThat(application.totals(failed).chunks()).isEqualTo(5);
			FileCoverage coverage = application.file(ONE).coverage();
			application.bean(FileLedger.class).demandImport(application.file(ONE).id());
			application.importNew();
			assertThat(application.file(ONE).coverage()).isEqualTo(coverage);
		}
	}

	@Test
	void aFileInQuarantineComesBackWhenItIsAskedFor() {
		try (TestApplication application = start()) {
			dieWhileReading(application, FileDeaths.QUARANTINE_DEATHS);
			assertThat(application.run()).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.file(ONE).status()).isEqualTo(KnownFile.Status.QUARANTINED);
			assertThat(application.bean(FileDeaths.class).quarantined()).containsExactly(ONE);
			assertThat(application.texts("one")).isEmpty();
			assertThat(application.texts("two")).hasSize(2);

			application.bean(FileRetry.class).retry(ONE);
			application.importNew();
			assertThat(application.texts("one")).hasSize(3);
			assertThat(application.bean(FileDeaths.class).quarantined()).isEmpty();
		}
	}

	@Test
	void aFileWithPointsComesBackFromQuarantineAsImportedAndIsReadFromItsBeginning() throws IOException {
		quarantineOneWhenItHasGrown();
		try (TestApplication application = start()) {
			application.bean(FileRetry.class).retry(ONE);
			assertThat(application.file(ONE).status()).isEqualTo(KnownFile.Status.IMPORTED);
			assertThat(application.importNew().chunks()).isEqualTo(4);
			assertThat(application.texts("one")).hasSize(4);
		}
	}

	// Nothing else can say what the store has of it any more.
	@Test
	void whatIsStoredOfAQuarantinedFileStaysKnownWhenItsLogIsGone() throws IOException {
		quarantineOneWhenItHasGrown();
		this.logs.delete(ONE);
		try (TestApplication application = start()) {
			application.bean(FileRetry.class).retry(ONE);
			assertThat(application.importNew().files()).isZero();
			assertThat(application.file(ONE)).extracting(KnownFile::status, (file) -> file.outcome().chunks())
				.containsExactly(KnownFile.Status.IMPORTED, 3);
			assertThat(application.bean(Verification.class).verify())
				.extracting(VerificationReport::agrees, VerificationReport::files, VerificationReport::open)
				.containsExactly(true, 2, 0);
		}
	}

	private void quarantineOneWhenItHasGrown() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
		}
		this.logs.append(ONE, conversation("one", 6, 2));
		try (TestApplication application = start()) {
			dieWhileReading(application, FileDeaths.QUARANTINE_DEATHS);
			application.run();
			assertThat(application.file(ONE).status()).isEqualTo(KnownFile.Status.QUARANTINED);
		}
	}

	@Test
	void takesNoFileUpAgainThatWasNotPutAside() {
		try (TestApplication application = start()) {
			application.importNew();
			FileRetry retry = application.bean(FileRetry.class);
			assertThatExceptionOfType(NotPutAsideException.class).isThrownBy(() -> retry.retry(ONE))
				.withMessageContainingAll(ONE + " is IMPORTED", "--reimport", "verify --repair");
			assertThat(application.file(ONE).status()).isEqualTo(KnownFile.Status.IMPORTED);
			assertThat(retry.retry("nobody")).isEmpty();
		}
	}

	// A process that dies leaves its files open; the one that finds them takes note.
	private void dieWhileReading(TestApplication application, int times) {
		application.store().beforeUpsert(1, StoreProbe::fail);
		application.store().beforeUpsert(2, StoreProbe::fail);
		JobExecution failed = application.run().getLast();
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		FileDeaths deaths = application.bean(FileDeaths.class);
		for (int death = 0; death < times; death++) {
			deaths.record(failed.getJobInstanceId(), 1000 + death, "killed: last seen " + Instant.EPOCH);
		}
		deaths.forget(application.file(TWO).id());
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private TestApplication start(String... settings) {
		return TestApplication.start(home(), this.logs.root(),
				Stream.concat(Stream.of(TWO_MESSAGES, "spring.datasource.url=" + this.database), Stream.of(settings))
					.toArray(String[]::new));
	}

	private static PruneRequest runs(@Nullable Integer keep, @Nullable Duration olderThan) {
		return new PruneRequest(keep, olderThan, List.of(), List.of(), List.of(), List.of());
	}

	private static Difference difference(String conversation, String path, Sample missing, Sample drifted,
			Sample orphaned) {
		return new Difference(COLLECTION, conversation, path, true, missing, drifted, orphaned);
	}

	private static Sample sample(long... numbers) {
		return new Sample(numbers.length, LongStream.of(numbers).boxed().toList());
	}

	private static float[] vector(int dimension) {
		float[] vector = new float[384];
		vector[dimension] = 1;
		return vector;
	}

	private static Point point(String conversation, int chunk, String text) {
		return new Point(PointIds.id(conversation, chunk), vector(chunk), Map.of(Point.TEXT, text,
				Point.CONVERSATION_ID, conversation, Point.CHUNK_INDEX, chunk, Point.PROJECT, PROJECT));
	}

}
