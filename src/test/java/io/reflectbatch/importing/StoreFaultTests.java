package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grpc.Status;
import io.reflectbatch.operations.Verification;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.store.qdrant.QdrantProxy;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Imports into a Qdrant that goes away, is slow, or answers with errors.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class StoreFaultTests {

	private static final int CHUNKS = 8;

	@SuppressWarnings("NullAway.Init")
	private QdrantServer server;

	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@BeforeAll
	void startServer() {
		this.server = QdrantServer.start(null);
	}

	@AfterAll
	void endServer() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@BeforeEach
	void writeLogs(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.server.delete(PointIds.collection("-home-dev-app"));
		LogDirectory logs = new LogDirectory(directory.resolve("logs"));
		logs.write("-home-dev-app/one.jsonl", conversation("one", 0, 12));
		logs.write("-home-dev-app/two.jsonl", conversation("two", 0, 4));
	}

	@Test
	void goesOnByItselfWhenQdrantIsBackInTime() throws Exception {
		try (TestApplication application = start(this.server.grpcPort(), "60s")) {
			application.store().afterUpsert(2, this.server::kill);
			CompletableFuture<List<JobExecution>> running = CompletableFuture.supplyAsync(application::run);
			await().atMost(60, TimeUnit.SECONDS).until(() -> application.store().changes() > 3);
			this.server.start();
			assertCompleted(running.get(120, TimeUnit.SECONDS));
			assertThat(running.get()).hasSize(1);
			assertEverythingIsThere(application);
		}
	}

	@Test
	void failsWhenQdrantStaysAwayAndGoesOnWhenItIsBack() {
		try (TestApplication application = start(this.server.grpcPort(), "1s")) {
			application.store().afterUpsert(2, this.server::kill);
			assertFailedWith("Connection refused", application);
			this.server.start();
			assertCompleted(application.run());
			assertEverythingIsThere(application);
		}
	}

	@Test
	void goesOnWhenQdrantAnswersAgain() throws Exception {
		try (QdrantProxy proxy = QdrantProxy.before(this.server);
				TestApplication application = start(proxy.grpcPort(), "60s")) {
			application.store().afterUpsert(2, proxy::keepSilent);
			CompletableFuture<List<JobExecution>> running = CompletableFuture.supplyAsync(application::run);
			await().atMost(60, TimeUnit.SECONDS).until(() -> proxy.refused() > 1);
			proxy.recover();
			assertCompleted(running.get(120, TimeUnit.SECONDS));
			assertEverythingIsThere(application);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Status.Code.class, names = { "INTERNAL", "RESOURCE_EXHAUSTED", "UNAVAILABLE" })
	void saysWhatIsWrongWithQdrant(Status.Code code) throws Exception {
		try (QdrantProxy proxy = QdrantProxy.before(this.server);
				TestApplication application = start(proxy.grpcPort(), "1s")) {
			application.store()
				.afterUpsert(2, () -> proxy
					.fail(code.toStatus().withDescription("Service internal error: No space left on device")));
			assertFailedWith("No space left on device", application);
			proxy.recover();
			assertCompleted(application.run());
			assertEverythingIsThere(application);
		}
	}

	private TestApplication start(int grpcPort, String retryFor) {
		return TestApplication.start(this.directory.resolve("home"), this.directory.resolve("logs"),
				"reflect.store.type=qdrant", "reflect.store.qdrant.url=" + this.server.url(),
				"reflect.store.qdrant.grpc-port=" + grpcPort, "reflect.store.qdrant.deadline=1s",
				"reflect.store.qdrant.retry-for=" + retryFor, "reflect.chunking.strategy=messages",
				"reflect.chunking.messages=2", "reflect.run.commit-interval=2", "reflect.run.workers=1");
	}

	private static void assertFailedWith(String reason, TestApplication application) {
		assertThat(application.run()).singleElement().satisfies((execution) -> {
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(execution.getAllFailureExceptions()).anySatisfy((failure) -> assertThat(cause(failure))
				.hasMessageContainingAll("Qdrant at 127.0.0.1:", "could not", reason, "QDRANT_URL"));
		});
	}

	private static Throwable cause(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.filter(StoreUnavailableException.class::isInstance)
			.findFirst()
			.orElse(failure);
	}

	private static void assertCompleted(List<JobExecution> executions) {
		assertThat(executions).isNotEmpty().allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
	}

	private void assertEverythingIsThere(TestApplication application) {
		assertThat(ImportedPoint.allIn(this.server, PointIds.collection("-home-dev-app"))).hasSize(CHUNKS);
		assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
	}

}
