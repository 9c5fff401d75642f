package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.reflectbatch.deployment.Manifests;
import io.reflectbatch.docs.MarkdownDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands of the documentation that need a Docker engine, a cluster or another model are
 * not run here; but the services, manifests, variables and commands of ours that they
 * name are there.
 */
class OperatingCommandsTests {

	private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

	private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\\S*");

	/** Programs that are not ours and name nothing of ours. */
	private static final Set<String> ELSEWHERE = Set.of("curl", "mvn", "pg_dump");

	private static final String NAMESPACE = "reflect-batch";

	static List<String> commands() throws IOException {
		return MarkdownDocument.linesIn("shell").stream().filter((line) -> !line.isBlank()).toList();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whatACommandNamesIsThere(String command) throws IOException {
		List<String> words = words(command);
		while (ASSIGNMENT.matcher(words.getFirst()).matches()) {
			assertThat(Files.readString(Path.of("docker-compose.yaml")))
				.contains("${" + words.removeFirst().replaceFirst("=.*", ""));
		}
		String program = words.removeFirst();
		switch (program) {
			case "docker" -> checkDocker(words);
			case "kubectl" -> checkKubectl(words);
			case "./reflect" -> assertIsOurs(words);
			default -> assertThat(ELSEWHERE).contains(program);
		}
	}

	private static List<String> words(String command) {
		List<String> words = new ArrayList<>();
		Matcher word = WORD.matcher(command.replaceAll("\\$\\([^)]*\\)", "1").replaceFirst(" >\\S+$", ""));
		while (word.find()) {
			words.add(word.group().replaceAll("^(['\"])(.*)\\1$", "$2"));
		}
		return words;
	}

	private static void checkDocker(List<String> words) throws IOException {
		if (words.getFirst().equals("build")) {
			assertThat(Path.of(words.getLast(), "Dockerfile")).exists();
			return;
		}
		assertThat(words.removeFirst()).isEqualTo("compose");
		String compose = Files.readString(Path.of("docker-compose.yaml"));
		if (words.getFirst().equals("--profile")) {
			assertThat(compose).contains("profiles: [%s]".formatted(words.get(1)));
			words.subList(0, 2).clear();
		}
		String subcommand = words.removeFirst();
		assertThat(subcommand).isIn("build", "config", "exec", "ps", "run", "stop", "up");
		words.removeIf((word) -> word.matches("-d|--rm"));
		if (!words.isEmpty()) {
			assertThat(compose).contains("\n  %s:\n".formatted(words.removeFirst()));
		}
		if (subcommand.equals("exec")) {
			assertThat(words.removeFirst() + " " + words.removeFirst()).isEqualTo("java @/app/reflect");
		}
		if (!words.isEmpty()) {
			assertIsOurs(words);
		}
	}

	private static void checkKubectl(List<String> words) {
		String line = String.join(" ", words);
		following(line, "-n").forEach((namespace) -> assertThat(namespace).isEqualTo(NAMESPACE));
		following(line, "-k").forEach((directory) -> assertThat(Manifests.DIRECTORIES).contains(directory));
		following(line, "-p").forEach(OperatingCommandsTests::checkPatch);
		Pattern.compile("\\b(cronjob|job|pod)[ /]([a-z-]+)")
			.matcher(line.replaceFirst("create job \\S+", "create"))
			.results()
			.forEach((named) -> assertThat(exists(named.group(1), named.group(2))).as(named.group()).isTrue());
		Pattern.compile("--selector=(\\S+)=(\\S+)")
			.matcher(line)
			.results()
			.forEach((selector) -> assertThat(manifests().anyMatch((manifest) -> manifest.findValues(selector.group(1))
				.stream()
				.anyMatch((value) -> value.asString().equals(selector.group(2))))).isTrue());
	}

	private static Stream<String> following(String line, String option) {
		return Pattern.compile("(?:^| )" + option + " (\\[.*]|\\{.*}|\\S+)")
			.matcher(line)
			.results()
			.map((result) -> result.group(1));
	}

	private static boolean exists(String kind, String name) {
		return manifests().anyMatch((manifest) -> manifest.path("kind").asString().equalsIgnoreCase(kind)
				&& manifest.at("/metadata/name").asString().equals(name));
	}

	private static Stream<JsonNode> manifests() {
		return Manifests.DIRECTORIES.stream().flatMap((directory) -> Manifests.render(directory).all().stream());
	}

	private static void checkPatch(String patch) {
		JsonNode parsed = JsonMapper.shared().readTree(patch);
		if (!parsed.isArray()) {
			JsonNode cronJob = Manifests.render("k8s/base").get("CronJob", "importer");
			parsed.path("spec").propertyNames().forEach((name) -> assertThat(cronJob.path("spec").has(name)).isTrue());
			return;
		}
		JsonNode job = Manifests.render("k8s/overlays/first-import").get("Job", "first-import");
		parsed.forEach((operation) -> {
			assertThat(job.at(operation.path("path").asString()).isMissingNode()).isFalse();
			assertIsOurs(operation.path("value").valueStream().map(JsonNode::asString).toList());
		});
	}

	@Test
	void everyCommandOfOursInTheRunbookCanBeTyped() {
		assertThat(MarkdownDocument.read("docs/operating.md")
			.literals()
			.stream()
			.filter((literal) -> literal.startsWith("./reflect "))
			.filter((literal) -> !literal.contains("COMMAND"))).hasSizeGreaterThan(10)
			.allSatisfy((literal) -> assertIsOurs(List.of(literal.substring("./reflect ".length()).split(" "))));
	}

	private static void assertIsOurs(List<String> arguments) {
		ReflectCommand.commandLine(new ApplicationStarter(Object.class, Map.of()))
			.parseArgs(arguments.toArray(String[]::new));
	}

}
