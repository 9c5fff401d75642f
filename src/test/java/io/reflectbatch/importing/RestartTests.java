package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.LineProblem;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An import that was interrupted goes on where it was, and ends with what an undisturbed
 * one has written.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RestartTests {

	private static final String MESSAGES = "reflect.chunking.strategy=messages";

	private static final String[] SETTINGS = { MESSAGES, "reflect.chunking.messages=2", "reflect.run.commit-interval=2",
			"reflect.run.workers=1" };

	private static final int CHUNKS = 13;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	private SortedMap<String, ImportedPoint> undisturbed = Collections.emptySortedMap();

	private List<String> undisturbedLedger = List.of();

	private List<LineProblem> undisturbedProblems = List.of();

	@BeforeAll
	void importUndisturbed() throws IOException {
		this.logs = new LogDirectory(directory.resolve("logs"));
		this.logs.write("-home-dev-app/one.jsonl", conversation("one", 0, 9));
		this.logs.append("-home-dev-app/one.jsonl", "// no JSON");
		this.logs.write("-home-dev-app/two.jsonl", conversation("two", 0, 8));
		this.logs.append("-home-dev-app/two.jsonl", "// no JSON", "[]");
		this.logs.write("-home-dev-app/three.jsonl", conversation("three", 0, 7));
		this.logs.write("-home-dev-app/empty.jsonl");
		try (TestApplication application = start(directory.resolve("undisturbed"))) {
			assertThat(application.importNew().chunks()).isEqualTo(CHUNKS);
			this.undisturbed = application.points();
			this.undisturbedLedger = application.ledger();
			this.undisturbedProblems = application.problems();
		}
	}

	static Stream<Arguments> failures() {
		return Stream.of(1, 3, 6)
			.flatMap((upsert) -> Stream.of(true, false).map((before) -> Arguments.of(upsert, before)));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void goesOnWhereTheStoreFailed(int upsert, boolean before, @TempDir Path home) {
		long instance = fail(home, upsert, before);
		try (TestApplication application = start(home)) {
			List<JobExecution> executions = application.run();
			assertThat(executions).hasSize(2).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(executions.getFirst().getJobInstanceId()).isEqualTo(instance);
			assertThat(application.totals(executions.getFirst()).chunks()).isEqualTo(CHUNKS);
			assertThat(executions.getLast().getJobInstanceId()).isGreaterThan(instance);
			assertThat(application.totals(executions.getLast()).files()).isZero();
			assertThat(tokensOfExecutions(application, instance)).isEqualTo(tokensOfFiles(application));
			assertUndisturbed(application);
		}
	}

	private static long tokensOfExecutions(TestApplication application, long instance) {
		return application.bean(ExecutionLog.class)
			.of(instance)
			.values()
			.stream()
			.mapToLong((done) -> Objects.requireNonNull(done.messageTokens()))
			.sum();
	}

	private static long tokensOfFiles(TestApplication application) {
		List<Long> tokens = new ArrayList<>();
		application.bean(FileLedger.class)
			.forEach((file) -> tokens.add(Objects.requireNonNull(file.coverage()).all().messageTokens()));
		return tokens.stream().mapToLong(Long::longValue).sum();
	}

	private long fail(Path home, int upsert, boolean before) {
		try (TestApplication application = start(home)) {
			if (before) {
				application.store().beforeUpsert(upsert, StoreProbe::fail);
			}
			else {
				application.store().afterUpsert(upsert, StoreProbe::fail);
			}
			JobExecution failed = application.run().getLast();
			assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(failed.getAllFailureExceptions())
				.anySatisfy((failure) -> assertThat(failure).hasRootCauseMessage("the test says so")
					.hasStackTraceContaining(StoreUnavailableException.class.getName()));
			assertThat(application.totals(failed).chunks()).isLessThan(CHUNKS);
			return failed.getJobInstanceId();
		}
	}

	@Test
	void embedsNothingTwice(@TempDir Path home) {
		int written;
		try (TestApplication application = start(home)) {
			application.store().beforeUpsert(4, StoreProbe::fail);
			written = application.totals(application.run().getLast()).chunks();
		}
		try (TestApplication application = start(home)) {
			application.run();
			assertThat(written).isPositive();
			assertThat(application.store().points()).isEqualTo(CHUNKS - written);
		}
	}

	@Test
	void failsAgainAndAgainUntilItSucceeds(@TempDir Path home) {
		try (TestApplication application = start(home)) {
			for (int i = 1; i <= CHUNKS; i++) {
				application.store().afterUpsert(i, StoreProbe::fail);
			}
			int executions = 0;
			BatchStatus last = BatchStatus.FAILED;
			while (last != BatchStatus.COMPLETED) {
				last = application.run().getLast().getStatus();
				assertThat(++executions).isLessThanOrEqualTo(CHUNKS);
			}
			assertThat(executions).isGreaterThan(2);
			assertUndisturbed(application);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	void goesOnAfterAStop(int upsert, @TempDir Path home) {
		long instance;
		try (TestApplication application = start(home)) {
			application.store().beforeUpsert(upsert, application.bean(StopSignal.class)::raise);
			List<JobExecution> executions = application.run();
			assertThat(executions).singleElement().returns(BatchStatus.STOPPED, JobExecution::getStatus);
			assertThat(application.totals(executions.getFirst()).chunks()).isBetween(1, CHUNKS - 1);
			instance = executions.getFirst().getJobInstanceId();
		}
		try (TestApplication application = start(home)) {
			List<JobExecution> executions = application.run();
			assertThat(executions).hasSize(2).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(executions.getFirst().getJobInstanceId()).isEqualTo(instance);
			assertUndisturbed(application);
		}
	}

	@Test
	void goesOnAfterAStopBeforeAnythingWasImported(@TempDir Path home) {
		try (TestApplication application = start(home)) {
			application.bean(StopSignal.class).raise();
			assertThat(application.run()).singleElement().returns(BatchStatus.STOPPED, JobExecution::getStatus);
			assertThat(application.points()).isEmpty();
		}
		try (TestApplication application = start(home)) {
			application.run();
			assertUndisturbed(application);
		}
	}

	@Test
	void exportsTheStateFileWhenItFails(@TempDir Path home) {
		fail(home, 5, true);
		assertThat(home.resolve("imported-files.json")).isRegularFile();
	}

	@Test
	void abandonsAnExecutionWithOtherSettings(@TempDir Path home) {
		long failed = fail(home, 5, true);
		List<LocalDateTime> ended;
		try (TestApplication application = TestApplication.start(home, this.logs.root())) {
			ended = ends(application, failed);
		}
		try (TestApplication application = TestApplication.start(home, this.logs.root())) {
			JobExecution execution = application.run().getFirst();
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(execution.getJobInstanceId()).isNotEqualTo(failed);
			assertThat(statuses(application, failed)).containsExactly(BatchStatus.ABANDONED);
			assertThat(ends(application, failed)).as("when it ended, not when it was given up").isEqualTo(ended);
			application.importNew();
		}
		try (TestApplication application = TestApplication.start(home, this.logs.root(), "reflect.run.reimport=true")) {
			application.importNew();
			assertThat(application.points())
				.isEqualTo(TestApplication.importInto(directory.resolve("other"), this.logs.root()));
		}
	}

	private static List<LocalDateTime> ends(TestApplication application, long instance) {
		JobRepository repository = application.bean(JobRepository.class);
		return repository.getJobExecutions(Objects.requireNonNull(repository.getJobInstance(instance)))
			.stream()
			.map(JobExecution::getEndTime)
			.toList();
	}

	private static List<BatchStatus> statuses(TestApplication application, long instance) {
		JobRepository repository = application.bean(JobRepository.class);
		return repository.getJobExecutions(Objects.requireNonNull(repository.getJobInstance(instance)))
			.stream()
			.map(JobExecution::getStatus)
			.toList();
	}

	@Test
	void importsWhatAnAbandonedExecutionHasLeftUndone(@TempDir Path home) throws IOException {
		LogDirectory own = new LogDirectory(directory.resolve("own"));
		own.write("-home-dev-app/first.jsonl", user("u1", "shared"));
		own.write("-home-dev-app/fork.jsonl", user("u1", "shared"), user("u2", "of the fork"));
		try (TestApplication application = TestApplication.start(home, own.root(), "reflect.chunking.messages=2")) {
			application.importNew();
			own.write("-home-dev-app/first.jsonl", user("u3", "rewritten"));
			for (int upsert = 1; upsert < 20; upsert++) {
				application.store().beforeUpsert(upsert, StoreProbe::fail);
			}
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
		}
		try (TestApplication application = TestApplication.start(home, own.root())) {
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: rewritten");
			assertThat(application.texts("fork")).containsExactly("USER: shared\nUSER: of the fork");
		}
	}

	@Test
	void goesOnWhenQdrantIsBack(@TempDir Path home) {
		try (QdrantServer server = QdrantServer.start(null)) {
			String[] qdrant = { "reflect.store.type=qdrant", "reflect.store.qdrant.url=" + server.url(),
					"reflect.store.qdrant.deadline=2s", "reflect.store.qdrant.retry-for=1s" };
			try (TestApplication application = start(home, qdrant)) {
				application.store().beforeUpsert(3, server::kill);
				JobExecution failed = application.run().getLast();
				assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
				assertThat(failed.getAllFailureExceptions()).anySatisfy((failure) -> assertThat(failure)
					.hasStackTraceContaining(StoreUnavailableException.class.getName()));
			}
			server.start();
			try (TestApplication application = start(home, qdrant)) {
				assertThat(application.run()).hasSize(2)
					.allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
				assertThat(application.bean(ConversationStore.class).count(PointIds.collection("-home-dev-app")))
					.isEqualTo(CHUNKS);
				assertThat(application.ledger()).containsExactlyElementsOf(this.undisturbedLedger.stream()
					.map((file) -> file.replace("store=lucene", "store=qdrant"))
					.toList());
			}
		}
	}

	private TestApplication start(Path home, String... more) {
		return TestApplication.start(home, this.logs.root(),
				Stream.concat(Stream.of(SETTINGS), Stream.of(more)).toArray(String[]::new));
	}

	private void assertUndisturbed(TestApplication application) {
		assertThat(application.points()).isEqualTo(this.undisturbed);
		assertThat(application.ledger()).isEqualTo(this.undisturbedLedger);
		assertThat(application.problems()).isEqualTo(this.undisturbedProblems).hasSize(3);
	}

}
