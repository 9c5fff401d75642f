package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests in {@code k8s/}, rendered, are what the API server accepts, restricted
 * pod security allows, and the image and the application expect.
 */
class KubernetesManifestsTests {

	private static final String IMPORTER = "/spec/jobTemplate/spec/template/spec";

	@Test
	void everyKustomizationIsRendered() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
			assertThat(files.filter((file) -> file.endsWith("kustomization.yaml"))
				.map((file) -> String.valueOf(file.getParent())))
				.containsExactlyInAnyOrderElementsOf(Manifests.DIRECTORIES);
		}
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void kubernetesKnowsEveryFieldAndMissesNone(String directory) {
		assertThat(Manifests.render(directory).all()).isNotEmpty()
			.flatExtracting(KubernetesSchema::violations)
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{selector: {}, prots: []}                      | there is no prots in V1ServiceSpec
			{ports: [{name: rest}]}                        | Service.spec.ports[0]: port is missing
			{ports: [{port: "6333"}]}                      | Service.spec.ports[0].port: "6333" is no Integer
			{selector: {app: 1}}                           | Service.spec.selector.app: 1 is no String
			{publishNotReadyAddresses: "yes"}              | "yes" is no Boolean
			{ports: {port: 1}}                             | Service.spec.ports: {"port":1} is no
			{ports: [{port: 1, targetPort: rest}]}         |
			""")
	void theSchemaFindsWhatIsWrong(String specification, String expected) {
		JsonNode manifest = Yaml.documents("{apiVersion: v1, kind: Service, spec: %s}".formatted(specification))
			.getFirst();
		List<String> violations = KubernetesSchema.violations(manifest);
		if (expected == null) {
			assertThat(violations).isEmpty();
		}
		else {
			assertThat(violations).singleElement().asString().contains(expected);
		}
	}

	// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void everyPodIsOfTheRestrictedKind(String directory) {
		Manifests manifests = Manifests.render(directory);
		assertThat(manifests.ofKind("Namespace")).singleElement()
			.extracting((namespace) -> namespace.at("/metadata/labels")
				.path("pod-security.kubernetes.io/enforce")
				.asString())
			.isEqualTo("restricted");
		assertThat(manifests.pods()).isNotEmpty().allSatisfy((pod) -> {
			assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
			assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
			assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
			assertThat(pod.path("volumes").findValues("hostPath")).isEmpty();
			assertThat(pod.path("containers").valueStream()).allSatisfy((container) -> {
				assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
				assertThat(Yaml.texts(container.at("/securityContext/capabilities/drop"))).containsExactly("ALL");
			});
		});
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void noPodMayWriteToItsImageOrTalkToTheApiServer(String directory) {
		Manifests manifests = Manifests.render(directory);
		assertThat(manifests.pods()).allSatisfy((pod) -> {
			assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
			assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
			assertThat(pod.path("containers").valueStream()).allSatisfy(
					(container) -> assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
						.isTrue());
			assertThat(manifests.get("ServiceAccount", pod.path("serviceAccountName").asString())
				.path("automountServiceAccountToken")
				.asBoolean(true)).isFalse();
		});
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void thePromisedMemoryIsTheAllowedOne(String directory) {
		assertThat(Manifests.render(directory).pods())
			.allSatisfy((pod) -> assertThat(pod.path("containers").valueStream()).allSatisfy(
					(container) -> assertThat(container.at("/resources/requests/memory").asString()).isNotEmpty()
						.isEqualTo(container.at("/resources/limits/memory").asString())));
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void whatAPodRefersToIsThere(String directory) {
		Manifests manifests = Manifests.render(directory);
		assertThat(manifests.pods()).allSatisfy((pod) -> {
			Set<String> volumes = pod.path("volumes")
				.valueStream()
				.map(KubernetesManifestsTests::name)
				.collect(Collectors.toSet());
			manifests.ofKind("StatefulSet")
				.forEach((set) -> set.at("/spec/volumeClaimTemplates")
					.forEach((claim) -> volumes.add(claim.at("/metadata/name").asString())));
			assertThat(pod.at("/containers/0/volumeMounts").valueStream().map(KubernetesManifestsTests::name))
				.isSubsetOf(volumes);
			pod.path("volumes").findValues("configMap").forEach((source) -> manifests.get("ConfigMap", name(source)));
			pod.path("volumes")
				.findValues("persistentVolumeClaim")
				.forEach((claim) -> manifests.get("PersistentVolumeClaim", claim.path("claimName").asString()));
		});
	}

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void secretsAreNamedAndNotContained(String directory) {
		Manifests manifests = Manifests.render(directory);
		assertThat(manifests.ofKind("Secret")).isEmpty();
		assertThat(manifests.pods()).allSatisfy((pod) -> assertThat(pod.at("/containers/0/env").valueStream())
			.filteredOn((variable) -> name(variable).matches(".*(KEY|PASSWORD|USERNAME)"))
			.allSatisfy((variable) -> assertThat(variable.at("/valueFrom/secretKeyRef/name").asString()).isNotEmpty()));
	}

	@Test
	void oneImportRunsAtATimeAndNoneForEver() {
		JsonNode cronJob = Manifests.render("k8s/base").get("CronJob", "importer").path("spec");
		assertThat(cronJob.path("concurrencyPolicy").asString()).isEqualTo("Forbid");
		assertThat(cronJob.path("suspend").asBoolean(true)).isFalse();
		assertThat(cronJob.path("startingDeadlineSeconds").asInt()).isBetween(10, 900);
		assertThat(cronJob.at("/jobTemplate/spec/activeDeadlineSeconds").asInt()).isPositive();
	}

	// What the API server demands beyond its schema.
	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void thePodFailurePolicyIsOneThatJobsMayHave(String directory) {
		assertThat(Manifests.render(directory).jobs()).isNotEmpty().allSatisfy((job) -> {
			assertThat(job.at("/template/spec/restartPolicy").asString()).isEqualTo("Never");
			assertThat(job.path("backoffLimit").asInt()).isPositive();
			assertThat(job.at("/podFailurePolicy/rules").findValues("onExitCodes")).allSatisfy((rule) -> {
				assertThat(rule.path("containerName").asString())
					.isEqualTo(name(job.at("/template/spec/containers/0")));
				assertThat(rule.path("values").valueStream().map(JsonNode::asInt)).doesNotContain(0)
					.isSorted()
					.doesNotHaveDuplicates();
			});
		});
	}

	@Test
	void theFirstImportIsTheScheduledOneWithMoreTime() {
		Manifests manifests = Manifests.render("k8s/overlays/first-import");
		JsonNode scheduled = manifests.get("CronJob", "importer").at("/spec/jobTemplate/spec");
		JsonNode first = manifests.get("Job", "first-import").path("spec");
		assertThat(first.path("template")).isEqualTo(scheduled.path("template"));
		assertThat(first.path("podFailurePolicy")).isEqualTo(scheduled.path("podFailurePolicy"));
		assertThat(first.path("activeDeadlineSeconds").asInt())
			.isGreaterThan(scheduled.path("activeDeadlineSeconds").asInt());
		assertThat(manifests.get("CronJob", "importer").at("/spec/suspend").asBoolean()).isTrue();
	}

	@Test
	void aBackupSeesWhatTheImporterWritesWhileNoneIsStarted() {
		Manifests manifests = Manifests.render("k8s/overlays/backup");
		JsonNode importer = manifests.get("CronJob", "importer").at(IMPORTER);
		JsonNode backup = manifests.get("Pod", "backup").path("spec");
		assertThat(manifests.get("CronJob", "importer").at("/spec/suspend").asBoolean()).isTrue();
		assertThat(backup.path("securityContext")).isEqualTo(importer.path("securityContext"));
		assertThat(backup.path("volumes")).hasSize(1)
			.isSubsetOf(importer.path("volumes"))
			.allSatisfy((volume) -> assertThat(name(volume)).isEqualTo("state"));
	}

	@Test
	void theConfigMapHoldsTheVeryFilesOfJobs() throws IOException {
		JsonNode pod = Manifests.render("k8s/base").get("CronJob", "importer").at(IMPORTER);
		JsonNode jobs = Manifests.render("k8s/base")
			.get("ConfigMap", pod.at("/volumes/0/configMap/name").asString())
			.path("data");
		try (Stream<Path> files = Files.list(Path.of("jobs"))) {
			List<Path> expected = files.filter((file) -> !file.endsWith("kustomization.yaml")).toList();
			assertThat(jobs.size()).isEqualTo(expected.size());
			assertThat(expected).allSatisfy((file) -> assertThat(jobs.path(file.getFileName().toString()).asString())
				.isEqualTo(Files.readString(file)));
		}
		assertThat(Yaml.texts(pod.at("/containers/0/args"))).containsExactly("run", "/jobs/import.yaml");
	}

	@Test
	void everythingTheImageReadsAndWritesIsMounted() throws IOException {
		Map<String, String> environment = Dockerfile.read().finalStage().environment();
		JsonNode container = Manifests.render("k8s/base").get("CronJob", "importer").at(IMPORTER + "/containers/0");
		Map<String, Boolean> mounts = container.path("volumeMounts")
			.valueStream()
			.collect(Collectors.toMap((mount) -> mount.path("mountPath").asString(),
					(mount) -> mount.path("readOnly").asBoolean(false)));
		assertThat(mounts).isEqualTo(Map.of(environment.getOrDefault("LOGS_DIR", ""), true,
				environment.getOrDefault("REFLECT_HOME", ""), false, "/config", false, "/jobs", true));
		assertThat(environment).containsEntry("STATE_FILE", "/config/imported-files.json");
	}

	@Test
	void theImporterReachesQdrantAndTheNameServerAndNothingElse() {
		Manifests manifests = Manifests.render("k8s/base");
		JsonNode nothing = manifests.get("NetworkPolicy", "nothing").path("spec");
		assertThat(nothing.path("podSelector")).isEmpty();
		assertThat(Yaml.texts(nothing.path("policyTypes"))).containsExactly("Ingress", "Egress");
		assertThat(nothing.has("egress") || nothing.has("ingress")).isFalse();
		assertThat(manifests.ofKind("NetworkPolicy")
			.stream()
			.filter((policy) -> policy.at("/spec/podSelector/matchLabels")
				.path("app.kubernetes.io/component")
				.asString()
				.equals("importer"))
			.flatMap((policy) -> policy.at("/spec/egress").valueStream())
			.flatMap((rule) -> rule.path("ports").valueStream())
			.map((port) -> port.path("port").asInt())).containsExactlyInAnyOrder(53, 53, 6333, 6334);
	}

	@Test
	void policiesAndServicesSelectPodsThatThereAre() {
		Manifests manifests = Manifests.render("k8s/base");
		Set<String> components = Set.of(
				component(manifests.get("StatefulSet", "qdrant").at("/spec/template/metadata/labels")),
				component(manifests.get("CronJob", "importer").at("/spec/jobTemplate/spec/template/metadata/labels")));
		assertThat(components).containsExactlyInAnyOrder("qdrant", "importer");
		assertThat(manifests.all()
			.stream()
			.flatMap((manifest) -> manifest.path("spec").findValues("matchLabels").stream())
			.filter((labels) -> !labels.has("kubernetes.io/metadata.name"))
			.map(KubernetesManifestsTests::component)).isNotEmpty().isSubsetOf(components);
		assertThat(component(manifests.get("Service", "qdrant").at("/spec/selector"))).isEqualTo("qdrant");
	}

	@Test
	void anExistingQdrantTakesThePlaceOfOurs() {
		Manifests manifests = Manifests.render("k8s/overlays/existing-qdrant");
		assertThat(manifests.all()).noneMatch((manifest) -> name(manifest.path("metadata")).contains("qdrant"));
		assertThat(manifests.ofKind("StatefulSet")).isEmpty();
		JsonNode variables = manifests.get("CronJob", "importer").at(IMPORTER + "/containers/0/env");
		assertThat(variables.valueStream().map(KubernetesManifestsTests::name)).containsExactlyInAnyOrder("QDRANT_URL",
				"QDRANT_API_KEY");
	}

	@Test
	void theImageIsThatOfThisVersionAndQdrantThatOfTheTests() throws IOException {
		Manifests manifests = Manifests.render("k8s/base");
		String version = Files.readString(Path.of("pom.xml"))
			.replaceAll("(?s).*?<artifactId>reflect-batch</artifactId>\\s*<version>([^<]+).*", "$1");
		assertThat(manifests.get("CronJob", "importer").at(IMPORTER + "/containers/0/image").asString())
			.isEqualTo("reflect-batch:" + version);
		assertThat(manifests.get("StatefulSet", "qdrant").at("/spec/template/spec/containers/0/image").asString())
			.isEqualTo("qdrant/qdrant:v%s-unprivileged", ComposeFileTests.qdrantVersion());
	}

	private static String name(JsonNode node) {
		return node.path("name").asString();
	}

	private static String component(JsonNode labels) {
		return labels.path("app.kubernetes.io/component").asString();
	}

}
