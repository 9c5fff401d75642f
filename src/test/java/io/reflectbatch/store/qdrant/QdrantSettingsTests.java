package io.reflectbatch.store.qdrant;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QdrantSettingsTests {

	@Test
	void hasDefaults() {
		assertThat(bind(Map.of())).isEqualTo(new QdrantSettings(URI.create("http://localhost:6333"), null, null,
				Duration.ofSeconds(10), Duration.ofSeconds(30)));
	}

	@Test
	void bindsEveryProperty() {
		assertThat(bind(Map.of("url", "https://qdrant.example:7333", "grpc-port", "7000", "api-key", "secret",
				"deadline", "3s", "retry-for", "1m")))
			.isEqualTo(new QdrantSettings(URI.create("https://qdrant.example:7333"), 7000, "secret",
					Duration.ofSeconds(3), Duration.ofMinutes(1)));
	}

	private static QdrantSettings bind(Map<String, String> properties) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		properties.forEach((key, value) -> source.put("reflect.store.qdrant." + key, value));
		return new Binder(source).bindOrCreate("reflect.store.qdrant", QdrantSettings.class);
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:6333, localhost:6334, false", "http://localhost:6333/, localhost:6334, false",
			"http://localhost:7000, localhost:7001, false", "http://qdrant, qdrant:6334, false",
			"https://x.cloud.qdrant.io, x.cloud.qdrant.io:6334, true",
			"https://x.cloud.qdrant.io:6333, x.cloud.qdrant.io:6334, true", "https://host:443, host:6334, true",
			"http://[::1]:6333, [::1]:6334, false" })
	void derivesTheGrpcAddress(URI url, String address, boolean encrypted) {
		QdrantSettings settings = settings(url, null);
		assertThat(settings.address()).isEqualTo(address);
		assertThat(settings.encrypted()).isEqualTo(encrypted);
	}

	@Test
	void anExplicitGrpcPortWins() {
		assertThat(settings(URI.create("http://localhost:6333"), 443).address()).isEqualTo("localhost:443");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:6333", "localhost", "ftp://localhost:6333", "http://localhost/qdrant",
			"http:///", "", "http://localhost:70000", "http://localhost?x" })
	void refusesWhatIsNoAddress(URI url) {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(url, null))
			.withMessageContainingAll("QDRANT_URL is '" + url + "'", "expected http://HOST[:PORT]",
					"http://localhost:6333");
	}

	@Test
	void refusesAUserAndDoesNotRepeatThePassword() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create("http://me:secret@host:6333"), null))
			.withMessageContaining("'http://***@host:6333'")
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 65536 })
	void refusesWhatIsNoPort(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create("http://localhost:6333"), port))
			.withMessage("QDRANT_GRPC_PORT is " + port + "; expected a port from 1 to 65535");
	}

	@Test
	void refusesToWaitForNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new QdrantSettings(URI.create("http://localhost:6333"), null, null, Duration.ZERO,
					Duration.ofSeconds(1)))
			.withMessageContaining("reflect.store.qdrant.deadline is PT0S");
	}

	@Test
	void doesNotTellTheApiKey() {
		assertThat(new QdrantSettings(URI.create("http://localhost:6333"), null, "secret", Duration.ofSeconds(1),
				Duration.ofSeconds(1)))
			.hasToString("QdrantSettings[url=http://localhost:6333, gRPC localhost:6334, apiKey=(set), "
					+ "deadline=PT1S, retryFor=PT1S]");
	}

	private static QdrantSettings settings(URI url, @Nullable Integer grpcPort) {
		return new QdrantSettings(url, grpcPort, null, Duration.ofSeconds(10), Duration.ofSeconds(30));
	}

}
