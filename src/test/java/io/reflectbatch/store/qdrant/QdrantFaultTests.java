package io.reflectbatch.store.qdrant;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.ConversationStoreContract;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import io.reflectbatch.store.VectorSpace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Qdrant that is down, goes down, or does not want us.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class QdrantFaultTests {

	private static final int DIMENSION = 8;

	private static final String COLLECTION = "conv_0123abcd_local";

	@SuppressWarnings("NullAway.Init")
	private QdrantServer server;

	@BeforeAll
	void startServer() {
		this.server = QdrantServer.start("the key");
	}

	@AfterAll
	void endServer() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	@Timeout(10)
	void saysSoonThatNobodyIsThere() {
		LoopbackPorts nobody = LoopbackPorts.free();
		try (ConversationStore store = store(nobody.url(), null, Duration.ofSeconds(30))) {
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::verifyReachable)
				.withMessageContainingAll("Qdrant at 127.0.0.1:" + nobody.grpc() + " (gRPC)", "Connection refused",
						"Is Qdrant running", "QDRANT_URL (now " + nobody.url() + ")", "QDRANT_GRPC_PORT");
		}
	}

	@Test
	@Timeout(20)
	void givesUpInTheEnd() {
		LoopbackPorts nobody = LoopbackPorts.free();
		try (ConversationStore store = store(nobody.url(), null, Duration.ofSeconds(3))) {
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> store.upsert(COLLECTION, points("a")))
				.withMessageContainingAll("could not write 3 points to collection '" + COLLECTION + "'")
				.withMessageMatching("(?s).*tried \\d+ times in \\d+\\.\\d s.*");
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void waitsForAServerThatComesBack(CapturedOutput output) throws Exception {
		try (ConversationStore store = store(this.server.url(), "the key", Duration.ofSeconds(30))) {
			store.ensureCollection(COLLECTION);
			store.upsert(COLLECTION, points("before"));
			this.server.kill();
			CompletableFuture<Void> written = CompletableFuture
				.runAsync(() -> store.upsert(COLLECTION, points("meanwhile")));
			// The first call may take all of its deadline, which is as long as Awaitility
			// waits by default.
			await().atMost(Duration.ofMinutes(1)).until(() -> output.toString().contains("does not answer"));
			assertThat(written).isNotDone();
			this.server.start();
			written.get(60, TimeUnit.SECONDS);
			assertThat(store.count(COLLECTION)).isEqualTo(6);
			assertThat(output).containsOnlyOnce("does not answer").containsOnlyOnce("answers again");
		}
	}

	@Test
	@Timeout(60)
	@ExtendWith(OutputCaptureExtension.class)
	void givesUpAtOnceWhenTheProcessIsToEnd(CapturedOutput output) {
		try (ConversationStore store = store(LoopbackPorts.free().url(), null, Duration.ofHours(1))) {
			CompletableFuture<Void> written = CompletableFuture
				.runAsync(() -> store.upsert(COLLECTION, points("meanwhile")));
			await().until(() -> output.toString().contains("does not answer, trying again for 3600 s"));
			assertThat(written).isNotDone();
			store.stopRetrying();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(written::get)
				.withCauseInstanceOf(StoreUnavailableException.class);
		}
	}

	@Test
	void asksForTheApiKey() {
		try (ConversationStore store = store(this.server.url(), null, Duration.ofSeconds(30))) {
			assertThatExceptionOfType(StoreRejectedException.class).isThrownBy(store::verifyReachable)
				.withMessageContainingAll("no API key was sent", "Set QDRANT_API_KEY", ":" + this.server.grpcPort());
		}
	}

	@Test
	void refusesAWrongApiKeyWithoutRepeatingIt() {
		try (ConversationStore store = store(this.server.url(), "a wrong one", Duration.ofSeconds(30))) {
			assertThatExceptionOfType(StoreRejectedException.class)
				.isThrownBy(() -> store.upsert(COLLECTION, points("a")))
				.withMessageContainingAll("an API key was sent", "Set QDRANT_API_KEY")
				.withMessageNotContaining("a wrong one");
		}
	}

	@Test
	void saysWhichPortWasTriedWhenItIsTheRestPort() {
		QdrantSettings settings = new QdrantSettings(this.server.url(), this.server.url().getPort(), "the key",
				Duration.ofSeconds(5), Duration.ofSeconds(1));
		try (ConversationStore store = new QdrantConversationStore(settings, new VectorSpace("local", DIMENSION))) {
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::verifyReachable)
				.withMessageContaining("is " + this.server.url().getPort() + " its gRPC port?");
		}
	}

	@Test
	void keepsTheInterruption() {
		try (ConversationStore store = store(this.server.url(), "the key", Duration.ofSeconds(30))) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.count(COLLECTION));
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private static List<Point> points(String conversation) {
		return ConversationStoreContract.points(conversation, 3);
	}

	private static ConversationStore store(URI url, @Nullable String apiKey, Duration retryFor) {
		return new QdrantConversationStore(new QdrantSettings(url, null, apiKey, Duration.ofSeconds(5), retryFor),
				new VectorSpace("local", DIMENSION));
	}

}
