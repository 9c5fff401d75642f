package io.reflectbatch.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.reflectbatch.deployment.Manifests;
import io.reflectbatch.docs.MarkdownDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kubernetes does after each exit code what the README says of it.
 */
class PodFailurePolicyTests {

	/** What the kernel ends a process with that has no memory left: not ours. */
	private static final int KILLED = 137;

	@ParameterizedTest
	@FieldSource("io.reflectbatch.deployment.Manifests#DIRECTORIES")
	void everyExitCodeHasTheActionThatTheReadmePromises(String directory) {
		Map<Integer, String> expected = new TreeMap<>(Map.of(KILLED, "Count"));
		MarkdownDocument.read("README.md")
			.table("Exit codes")
			.stream()
			.filter((row) -> !cell(row, "code").equals("0"))
			.forEach(
					(row) -> expected.put(Integer.valueOf(cell(row, "code")), action(cell(row, "does a retry help?"))));
		assertThat(expected).containsOnlyKeys(exitCodes());
		assertThat(Manifests.render(directory).jobs())
			.allSatisfy((job) -> assertThat(actions(job)).isEqualTo(expected));
	}

	private static String cell(Map<String, String> row, String column) {
		return Objects.requireNonNull(row.get(column), column);
	}

	private static String action(String retryHelps) {
		return switch (retryHelps) {
			case "no" -> "FailJob";
			case "later" -> "Ignore";
			case "yes, it continues" -> "Count";
			default -> throw new AssertionError(retryHelps);
		};
	}

	private static List<Integer> exitCodes() {
		return Stream
			.concat(Stream.of(ExitCode.values()).map(ExitCode::value).filter((code) -> code > 0), Stream.of(KILLED))
			.toList();
	}

	private static Map<Integer, String> actions(JsonNode job) {
		Map<Integer, String> actions = new TreeMap<>();
		job.at("/podFailurePolicy/rules")
			.forEach((rule) -> rule.at("/onExitCodes/values")
				.forEach((code) -> assertThat(actions.put(code.asInt(), rule.path("action").asString())).as("twice")
					.isNull()));
		return actions;
	}

	// Kubernetes takes the first rule that matches: a drained pod exits with 143.
	@Test
	void aDrainedPodIsNotCountedWhateverItsExitCode() {
		assertThat(Manifests.render("k8s/base").jobs()).allSatisfy((job) -> {
			JsonNode first = job.at("/podFailurePolicy/rules/0");
			assertThat(first.path("action").asString()).isEqualTo("Ignore");
			assertThat(first.at("/onPodConditions/0/type").asString()).isEqualTo("DisruptionTarget");
		});
	}

}
