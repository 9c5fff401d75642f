package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.operations.Difference;
import io.reflectbatch.operations.FileRetry;
import io.reflectbatch.operations.JobHistory;
import io.reflectbatch.operations.PruneReport;
import io.reflectbatch.operations.PruneRequest;
import io.reflectbatch.operations.Pruning;
import io.reflectbatch.operations.Verification;
import io.reflectbatch.operations.VerificationReport;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does with imports: verify, repair, prune, and retry what was put
 * aside.
 */
class OperationsTests {

	private static final String PROJECT = "-home-dev-app";

	private static final String COLLECTION = PointIds.collection(PROJECT);

	private static final String ONE = PROJECT + "/one.jsonl";

	private static final String TWO = PROJECT + "/two.jsonl";

	private static final String TWO_MESSAGES = "reflect.chunking.messages=2";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

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
					new Difference(COLLECTION, "one", ONE, List.of(1), List.of(2), List.of()),
					new Difference(COLLECTION, "two", TWO, List.of(), List.of(), List.of(PointIds.id("two", 7))));
			assertThat(report.unknown()).extracting(Difference::conversationId).containsExactly("somebody-elses");

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
			application.bean(ConversationStore.class).delete(COLLECTION, List.of(PointIds.id("two", 0)));
			assertThat(application.bean(Verification.class).verify().differences())
				.containsExactly(new Difference(COLLECTION, "two", TWO, List.of(0), List.of(), List.of()));
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
			PruneRequest keepOne = new PruneRequest(1, null, List.of());
			assertThat(pruning.prune(keepOne, true).executions()).containsExactly(1L, 2L);
			assertThat(application.bean(JobHistory.class).last(10)).hasSize(3);
			assertThat(pruning.prune(new PruneRequest(null, Duration.ofDays(1), List.of()), false).executions())
				.isEmpty();
			assertThat(pruning.prune(keepOne, false).executions()).containsExactly(1L, 2L);
			assertThat(application.bean(JobHistory.class).last(10)).singleElement()
				.satisfies((execution) -> assertThat(execution.id()).isEqualTo(3));
		}
	}

	@Test
	void keepsAFailedRunForItsRestart() throws IOException {
		try (TestApplication application = start()) {
			application.store().beforeUpsert(1, StoreProbe::fail);
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(application.bean(Pruning.class).prune(new PruneRequest(1, null, List.of()), false).executions())
				.isEmpty();
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
				.prune(new PruneRequest(null, null, List.of("one", "nobody")), false);
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

	private TestApplication start() {
		return TestApplication.start(home(), this.logs.root(), TWO_MESSAGES);
	}

	private static Point point(String conversation, int chunk, String text) {
		float[] vector = new float[384];
		vector[chunk] = 1;
		return new Point(PointIds.id(conversation, chunk), vector, Map.of(Point.TEXT, text, Point.CONVERSATION_ID,
				conversation, Point.CHUNK_INDEX, chunk, Point.PROJECT, PROJECT));
	}

}
