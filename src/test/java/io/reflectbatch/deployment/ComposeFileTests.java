package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.reflectbatch.store.qdrant.QdrantServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docker-compose.yaml} as Compose itself reads it: the plugin of Docker, or the
 * older program of that name.
 */
class ComposeFileTests {

	private static final Map<String, String> CHANGED = Map.of("HOME", "/home/somebody", "QDRANT_PORT", "7001",
			"QDRANT_GRPC_PORT", "7002", "QDRANT_MEMORY", "3g", "BATCH_SIZE", "25", "WATCH_INTERVAL", "5", "CONFIG_PATH",
			"/some/where", "REFLECT_UID", "1234", "REFLECT_IMAGE", "example/reflect:1");

	/** A variable without a value is as good as none. */
	private static final Map<String, String> UNSET = CHANGED.keySet()
		.stream()
		.filter((variable) -> !variable.equals("HOME"))
		.collect(Collectors.toMap((variable) -> variable, (variable) -> ""));

	private static @Nullable List<String> compose;

	@Test
	void onlyQdrantRunsWithoutAProfile() {
		JsonNode services = everything(Map.of()).path("services");
		assertThat(services.propertyNames()).containsExactlyInAnyOrder("qdrant", "importer", "watcher");
		assertThat(services.path("qdrant").has("profiles")).isFalse();
		assertThat(Yaml.texts(services.at("/importer/profiles"))).containsExactly("import");
		assertThat(Yaml.texts(services.at("/watcher/profiles"))).containsExactly("watch");
	}

	@Test
	void variablesAreHonoured() {
		JsonNode services = everything(CHANGED).path("services");
		assertThat(services.at("/qdrant/ports").toString()).contains("7001", "7002");
		// Docker's plugin writes bytes.
		assertThat(services.at("/qdrant/mem_limit").asString()).isIn("3g", String.valueOf(3L << 30))
			.isEqualTo(services.at("/qdrant/memswap_limit").asString());
		assertThat(services.at("/watcher/environment/WATCH_INTERVAL").asString()).isEqualTo("5");
		for (String service : List.of("importer", "watcher")) {
			assertThat(services.at("/%s/environment/BATCH_SIZE".formatted(service)).asString()).isEqualTo("25");
			assertThat(services.at("/%s/user".formatted(service)).asString()).isEqualTo("1234:0");
			assertThat(services.at("/%s/image".formatted(service)).asString()).isEqualTo("example/reflect:1");
			assertThat(services.at("/%s/volumes".formatted(service)).toString()).contains("/some/where")
				.contains("/home/somebody/.claude/projects");
		}
		assertThat(everything(Map.of("CLAUDE_LOGS_PATH", "/mnt/logs")).at("/services/importer/volumes").toString())
			.contains("/mnt/logs");
	}

	@Test
	void withoutVariablesThereAreTheDefaultsOfThePythonImporter() {
		JsonNode services = everything(Map.of()).path("services");
		assertThat(services.at("/qdrant/ports").toString()).contains("6333", "6334");
		assertThat(services.at("/qdrant/mem_limit").asString()).isIn("1g", String.valueOf(1L << 30));
		assertThat(services.at("/watcher/environment/WATCH_INTERVAL").asString()).isEqualTo("60");
		assertThat(services.at("/importer/environment/BATCH_SIZE").asString()).isEqualTo("10");
	}

	@ParameterizedTest
	@ValueSource(strings = { "importer", "watcher" })
	void theImageMayWriteOnlyToItsVolumes(String service) throws IOException {
		JsonNode composed = source().at("/services/" + service);
		assertThat(composed.path("read_only").asBoolean()).isTrue();
		assertThat(Yaml.texts(composed.path("cap_drop"))).containsExactly("ALL");
		Map<String, String> environment = Dockerfile.read().finalStage().environment();
		assertThat(Yaml.texts(composed.path("volumes")).map((volume) -> volume.replaceFirst(".*?:(/[^:/]*)", "$1")))
			.containsExactlyInAnyOrder(environment.get("LOGS_DIR") + ":ro", environment.get("REFLECT_HOME"), "/config");
		assertThat(environment).containsEntry("STATE_FILE", "/config/imported-files.json");
		assertThat(composed.path("mem_limit").asString()).isEqualTo("512m")
			.isEqualTo(composed.path("memswap_limit").asString());
	}

	@Test
	void onlyThisMachineReachesTheServices() {
		assertThat(source().path("services").findValues("ports").stream().flatMap(Yaml::texts)).hasSize(3)
			.allMatch((port) -> port.startsWith("127.0.0.1:"));
	}

	@Test
	void theWatcherIsStartedAsTheImageIs() {
		assertThat(entryPointOfTheWatcher()).startsWith("java", "@/app/java.options")
			.endsWith("-jar", "/app/reflect-batch.jar");
	}

	static List<String> entryPointOfTheWatcher() {
		return Yaml.texts(source().at("/services/watcher/entrypoint")).toList();
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
		List<String> command = Tool.with(Tool.with(compose(), options), "config");
		Map<String, String> environment = new HashMap<>(UNSET);
		environment.putAll(variables);
		Tool.Finished finished = Tool.run(command, environment);
		assertThat(finished.exitCode()).as(finished::errors).isZero();
		assertThat(finished.errors()).isEmpty();
		return Yaml.documents(finished.output()).getFirst();
	}

	private static synchronized List<String> compose() {
		if (compose == null) {
			Map<List<String>, String> candidates = new LinkedHashMap<>();
			candidates.put(List.of("docker", "compose"), "version");
			candidates.put(List.of("docker-compose"), "version");
			compose = Tool.first(candidates)
				.orElseGet(() -> Tool
					.missing("There is no Compose: neither 'docker compose' nor docker-compose. Install "
							+ "the plugin of Docker, or the package docker-compose, to have docker-compose.yaml checked."));
		}
		return compose;
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
