package io.reflectbatch.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Kubernetes manifests of a directory, as kustomize renders them.
 */
public final class Manifests {

	/**
	 * Every directory that somebody may apply.
	 */
	public static final List<String> DIRECTORIES = List.of("k8s/base", "k8s/overlays/backup",
			"k8s/overlays/existing-qdrant", "k8s/overlays/first-import", "k8s/overlays/load-logs",
			"k8s/overlays/postgres");

	private static final Map<List<String>, String> KUSTOMIZE = new LinkedHashMap<>();

	static {
		KUSTOMIZE.put(List.of("kubectl", "kustomize"), "--help");
		KUSTOMIZE.put(List.of("kustomize", "build"), "--help");
	}

	private static final Map<String, Manifests> rendered = new LinkedHashMap<>();

	private final List<JsonNode> all;

	private Manifests(List<JsonNode> all) {
		this.all = all;
	}

	/**
	 * Renders a directory, once for all tests; without kustomize the test is skipped.
	 * @param directory from the project's directory
	 */
	public static synchronized Manifests render(String directory) {
		return rendered.computeIfAbsent(directory, Manifests::kustomize);
	}

	private static Manifests kustomize(String directory) {
		List<String> command = Tool.first(KUSTOMIZE)
			.orElseGet(() -> Tool.missing("There is neither kubectl nor kustomize on the PATH. Install one of them to "
					+ "have the manifests in k8s/ rendered and checked."));
		Tool.Finished finished = Tool.run(Tool.with(command, directory), Map.of());
		assertThat(finished.exitCode()).as(() -> directory + ": " + finished.errors()).isZero();
		assertThat(finished.errors()).as("warnings").isEmpty();
		return new Manifests(Yaml.documents(finished.output()));
	}

	/**
	 * Returns all of them.
	 */
	public List<JsonNode> all() {
		return this.all;
	}

	/**
	 * Returns those of a kind.
	 */
	public List<JsonNode> ofKind(String kind) {
		return this.all.stream().filter((manifest) -> manifest.path("kind").asString().equals(kind)).toList();
	}

	/**
	 * Returns the one with a name.
	 */
	public JsonNode get(String kind, String name) {
		List<JsonNode> found = ofKind(kind).stream()
			.filter((manifest) -> manifest.at("/metadata/name").asString().equals(name))
			.toList();
		assertThat(found).as("%s %s", kind, name).hasSize(1);
		return found.getFirst();
	}

	/**
	 * Returns the specifications of all pods that they make.
	 */
	public List<JsonNode> pods() {
		Stream<JsonNode> templates = this.all.stream()
			.flatMap((manifest) -> Stream.of("/spec/template/spec", "/spec/jobTemplate/spec/template/spec")
				.map(manifest::at))
			.filter(JsonNode::isObject);
		return Stream.concat(templates, ofKind("Pod").stream().map((pod) -> pod.path("spec"))).toList();
	}

	/**
	 * Returns the specifications of all jobs that import.
	 */
	public List<JsonNode> jobs() {
		return Stream
			.concat(ofKind("CronJob").stream().map((cronJob) -> cronJob.at("/spec/jobTemplate/spec")),
					ofKind("Job").stream().map((job) -> job.path("spec")))
			.toList();
	}

}
