package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.reflectbatch.store.qdrant.QdrantServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docker-compose.yaml} as Compose itself reads it: the plugin of Docker, or the
 * older program of that name.
 */
class ComposeFileTests {

	private static final List<List<String>> COMPOSE = List.of(List.of("docker", "compose"), List.of("docker-compose"));

	@ParameterizedTest
	@CsvSource({ "import, importer", "watch, watcher" })
	void aProfileAddsItsService(String profile, String service) {
		assertThat(services(config(Map.of(), "--profile", profile))).contains("qdrant", service);
		assertThat(config(Map.of(), "--profile", profile).at("/services/%s/profiles/0".formatted(service)).asString())
			.isEqualTo(profile);
	}

	@ParameterizedTest
	@CsvSource({ "QDRANT_PORT, 7001, qdrant, ports", "QDRANT_GRPC_PORT, 7002, qdrant, ports",
			"QDRANT_MEMORY, 3g, qdrant, mem_limit", "QDRANT_MEMORY, 3g, qdrant, memswap_limit",
			"BATCH_SIZE, 25, importer, environment", "BATCH_SIZE, 25, watcher, environment",
			"WATCH_INTERVAL, 5, watcher, environment", "CLAUDE_LOGS_PATH, /some/where, importer, volumes",
			"CONFIG_PATH, /some/where, watcher, volumes", "REFLECT_UID, 1234, importer, user",
			"REFLECT_IMAGE, example/reflect:1, watcher, image" })
	void honoursAVariable(String variable, String value, String service, String key) {
		JsonNode changed = everything(Map.of(variable, value)).at("/services/%s/%s".formatted(service, key));
		JsonNode usual = everything(Map.of()).at("/services/%s/%s".formatted(service, key));
		assertThat(usual.isMissingNode()).isFalse();
		// Docker's plugin writes 3g as bytes.
		assertThat(changed.toString()).isNotEqualTo(usual.toString()).containsAnyOf(value, String.valueOf(3L << 30));
	}

	@Test
	void theLogsAreThoseOfTheUserAndAreOnlyRead() {
		JsonNode services = everything(Map.of("HOME", "/home/somebody")).path("services");
		assertThat(List.of("importer", "watcher")).allSatisfy((service) -> {
			String volumes = services.at("/" + service + "/volumes").toString();
			assertThat(volumes).contains("/home/somebody/.claude/projects")
				.containsAnyOf("/logs:ro", "\"target\":\"/logs\",\"read_only\":true");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "importer", "watcher" })
	void theImageMayWriteOnlyToItsVolumes(String service) throws IOException {
		JsonNode composed = source().at("/services/" + service);
		assertThat(composed.path("read_only").asBoolean()).isTrue();
		assertThat(Yaml.texts(composed.path("cap_drop"))).containsExactly("ALL");
		Map<String, String> environment = Dockerfile.read().finalStage().environment();
		assertThat(Yaml.texts(composed.path("volumes")).map((volume) -> volume.replaceFirst(".*?:(/[^:/]*)", "$1")))
			.containsExactlyInAnyOrder(environment.get("LOGS_DIR") + ":ro", environment.get("REFLECT_HOME"),
					Path.of(environment.get("STATE_FILE")).getParent().toString());
		assertThat(composed.path("mem_limit").asString()).isEqualTo("512m")
			.isEqualTo(composed.path("memswap_limit").asString());
	}

	@Test
	void onlyThisMachineReachesQdrant() {
		assertThat(Yaml.texts(source().at("/services/qdrant/ports"))).hasSize(2)
			.allMatch((port) -> port.startsWith("127.0.0.1:"));
	}

	@Test
	void anImportRunsOnceAndAWatcherForEver() {
		assertThat(source().at("/services/importer/restart").asString()).isEqualTo("no");
		assertThat(source().at("/services/watcher/restart").asString()).isEqualTo("unless-stopped");
		assertThat(source().at("/services/importer/healthcheck/disable").asBoolean()).isTrue();
		assertThat(source().at("/services/watcher").has("healthcheck")).as("other than the image's").isFalse();
	}

	@Test
	void theHealthCheckOfQdrantTellsWhetherItAnswers() {
		assertThat(healthCheck(QdrantServer.shared().url().getPort())).as("of a Qdrant that runs").isZero();
		assertThat(healthCheck(1)).as("where nobody listens").isNotZero();
		assertThat(healthCheck(QdrantServer.shared().grpcPort())).as("where something else listens").isNotZero();
	}

	private static int healthCheck(int port) {
		List<String> check = Yaml.texts(source().at("/services/qdrant/healthcheck/test"))
			.map((argument) -> argument.replace("$$", "$").replace("127.0.0.1/6333", "127.0.0.1/" + port))
			.toList();
		assertThat(check.getFirst()).isEqualTo("CMD");
		assertThat(check).last().asString().contains("127.0.0.1/" + port);
		return Tool.run(check.subList(1, check.size()), Map.of()).exitCode();
	}

	@Test
	void qdrantIsThatOfTheTests() throws IOException {
		assertThat(source().at("/services/qdrant/image").asString()).isEqualTo("qdrant/qdrant:v%s", qdrantVersion());
	}

	static String qdrantVersion() throws IOException {
		return JsonMapper.shared()
			.readTree(Files.readString(Path.of("src/test/qdrant/package.json")))
			.at("/dependencies/@just-memory~1qdrant-linux-x64")
			.asString();
	}

	private static JsonNode everything(Map<String, String> variables) {
		return config(variables, "--profile", "import", "--profile", "watch");
	}

	private static JsonNode config(Map<String, String> variables, String... options) {
		List<String> compose = Tool.first(COMPOSE)
			.orElseGet(() -> Tool.missing("There is no Compose: neither 'docker compose' nor docker-compose. Install the "
					+ "plugin of Docker, or the package docker-compose, to have docker-compose.yaml checked."));
		Tool.Finished finished = Tool
			.run(Stream.of(compose, List.of(options), List.of("config")).flatMap(List::stream).toList(), variables);
		assertThat(finished.exitCode()).as(finished::errors).isZero();
		assertThat(finished.errors()).isEmpty();
		return Yaml.documents(finished.output()).getFirst();
	}

	private static List<String> services(JsonNode config) {
		return List.copyOf(config.path("services").propertyNames());
	}

	private static JsonNode source() {
		try {
			return Yaml.documents(Files.readString(Path.of("docker-compose.yaml"))).getFirst();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
