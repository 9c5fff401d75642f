package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.reflectbatch.deployment.Dockerfile;
import io.reflectbatch.deployment.Manifests;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.importing.MemoryPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What image, Compose and Kubernetes tell the application is what it listens to.
 */
class DeploymentSettingsTests {

	/** Read by Java, by the C library and by Spring. */
	private static final Set<String> NOT_OURS = Set.of("HOME", "PATH", "LC_ALL", "MALLOC_ARENA_MAX",
			"SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD");

	private static final int WORKERS = 2;

	/** What a watch has, generously, in bytes; Compose runs one in the same container. */
	private static final long WATCH = 40 << 20;

	@Test
	void theImageSetsVariablesThatThereAre() throws IOException {
		assertKnown(Dockerfile.read().finalStage().environment().keySet().stream());
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void kubernetesSetsVariablesThatThereAre(String directory) {
		assertKnown(Manifests.render(directory)
			.jobs()
			.stream()
			.flatMap((job) -> job.at("/template/spec/containers/0/env").valueStream())
			.map((variable) -> variable.path("name").asString()));
	}

	@Test
	void composeSetsVariablesThatThereAre() throws IOException {
		assertKnown(Pattern.compile("^ {2,6}([A-Z][A-Z_]*[A-Z]):", Pattern.MULTILINE)
			.matcher(Files.readString(Path.of("docker-compose.yaml")))
			.results()
			.map((variable) -> variable.group(1))
			.filter((variable) -> !variable.startsWith("QDRANT__")));
	}

	private static void assertKnown(Stream<String> variables) {
		assertThat(variables.filter((variable) -> !NOT_OURS.contains(variable))).isNotEmpty()
			.isSubsetOf(ReferenceEnvironment.KEYS.keySet());
	}

	@Test
	void theImageReadsAndWritesInItsOwnPlaces() throws IOException {
		JobProperties settings = SettingsOnly.bind(List.of(), Dockerfile.read().finalStage().environment(),
				new Settings());
		assertThat(settings.source().logs()).isEqualTo(Path.of("/logs"));
		assertThat(settings.home()).isEqualTo(Path.of("/data"));
		assertThat(settings.stateFile().pathIn(settings.home())).isEqualTo(Path.of("/config/imported-files.json"));
		assertThat(settings.stateFile().prefix()).isEqualTo("/logs");
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void theJobOfKubernetesUsesTheQdrantThatItsManifestsName(String directory) {
		assertThat(Manifests.render(directory).jobs()).allSatisfy((job) -> {
			Map<String, String> environment = new HashMap<>(Dockerfile.read().finalStage().environment());
			job.at("/template/spec/containers/0/env")
				.forEach((variable) -> environment.put(variable.path("name").asString(),
						variable.path("value").asString("secret")));
			JobProperties settings = SettingsOnly.bind(JobFile.load(Path.of("jobs/import.yaml")), environment,
					new Settings());
			assertThat(settings.store().type()).hasToString("QDRANT");
			assertThat(settings.store().qdrant().url()).hasToString(environment.get("QDRANT_URL"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT8", "FP32" })
	void anImportFitsIntoTheMemoryThatItIsGiven(Precision precision) throws IOException {
		Stream<String> kubernetes = Manifests.render("k8s/base")
			.jobs()
			.stream()
			.map((job) -> job.at("/template/spec/containers/0/resources/limits/memory").asString().replace("Mi", "MB"));
		Stream<String> compose = Pattern.compile("^  mem_limit: (\\d+)m$", Pattern.MULTILINE)
			.matcher(Files.readString(Path.of("docker-compose.yaml")))
			.results()
			.map((limit) -> limit.group(1) + "MB");
		List<String> limits = Stream.concat(kubernetes, compose).toList();
		assertThat(limits).hasSize(2)
			.allSatisfy((limit) -> assertThatCode(() -> new MemoryPlan(OptionalLong.of(DataSize.parse(limit).toBytes()),
					WATCH, MemoryPlan.Need.of(precision), WORKERS)
				.requireEnough()).doesNotThrowAnyException());
	}

	@Test
	void aStopIsGivenTheTimeThatACallOfQdrantMayTake() throws IOException {
		JobProperties settings = SettingsOnly.bind(List.of(), Map.of("REFLECT_HOME", "target"), new Settings());
		Duration deadline = settings.store().qdrant().deadline();
		JsonNode job = Manifests.render("k8s/base").jobs().getFirst();
		assertThat(Duration.ofSeconds(job.at("/template/spec/terminationGracePeriodSeconds").asInt()))
			.isGreaterThan(deadline.multipliedBy(2));
		assertThat(Files.readString(Path.of("docker-compose.yaml"))).contains("stop_grace_period: 60s");
	}

}
