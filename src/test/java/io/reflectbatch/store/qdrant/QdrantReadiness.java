package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waits until a Qdrant answers.
 */
final class QdrantReadiness {

	private static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private QdrantReadiness() {
	}

	static void await(URI url, BooleanSupplier alive, String log) {
		ThrowingRunnable ready = () -> assertThat(status(url.resolve("/readyz"))).isEqualTo(200);
		Awaitility.await("Qdrant at " + url + ", see " + log)
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.failFast("Qdrant ended, see " + log, () -> !alive.getAsBoolean())
			.ignoreExceptionsInstanceOf(IOException.class)
			.untilAsserted(ready);
	}

	private static int status(URI url) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
		return http.send(request, BodyHandlers.discarding()).statusCode();
	}

}
