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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Commands of the documentation that need a Docker engine, a cluster or another model are
 * not run here; but the services, manifests, variables and commands of ours that they
 * name are there.
 */
class OperatingCommandsTests {

	private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

	private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\\S*");

	/** Programs that are not ours and name nothing of ours. */
	private static final Set<String> ELSEWHERE = Set.of("curl", "mvn", "pg_dump", "pg_restore", "tar");

	private static final String NAMESPACE = "reflect-batch";

	/** What every Debian has. Neither image is asked for anything else. */
	private static final Set<String> ESSENTIAL = Set.of("find", "tar");

	private static final String DEBIAN = "debian:12-slim";

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
		Matcher word = WORD.matcher(command.replaceAll("\\$\\([^)]*\\)", "1").replaceFirst(" [<>]\\S+$", ""));
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
		assertThat(subcommand).isIn("build", "config", "cp", "exec", "ps", "run", "stop", "up");
		if (subcommand.equals("cp")) {
			checkCopy(words, compose);
			return;
		}
		words.removeIf((word) -> word.matches("-d|-T|--all|--no-deps|--rm"));
		@Nullable String entryPoint = words.contains("--entrypoint") ? entryPoint(words) : null;
		if (!words.isEmpty()) {
			assertThat(compose).contains("\n  %s:\n".formatted(words.removeFirst()));
		}
		if (subcommand.equals("exec")) {
			assertThat(words.removeFirst() + " " + words.removeFirst()).isEqualTo("java @/app/reflect");
		}
		if (entryPoint != null) {
			checkEssential(entryPoint, words, Files.readString(Path.of("Dockerfile")));
		}
		else if (!words.isEmpty()) {
			assertIsOurs(words);
		}
	}

	private static String entryPoint(List<String> words) {
		int option = words.indexOf("--entrypoint");
		words.remove(option);
		return words.remove(option);
	}

	// One of the two is in a service, at a place where a volume is.
	private static void checkCopy(List<String> words, String compose) {
		assertThat(words).hasSize(2);
		assertThat(words).filteredOn((word) -> word.contains(":")).singleElement().satisfies((word) -> {
			String service = word.substring(0, word.indexOf(':'));
			assertThat(compose).contains("\n  %s:\n".formatted(service));
			assertThat(compose).contains(":" + word.substring(word.indexOf(':') + 1) + "\n");
		});
	}

	/**
	 * The program is there, and the paths that it is given are those of volumes.
	 * @param description of the image, and of where it has volumes
	 */
	private static void checkEssential(String program, List<String> arguments, String description) {
		assertThat(ESSENTIAL).contains(program);
		assertThat(description).contains(DEBIAN);
		assertThat(arguments).filteredOn((argument) -> argument.startsWith("/"))
			.isNotEmpty()
			.allSatisfy((path) -> assertThat(description)
				.containsPattern("[ =]" + path.replaceFirst("(?<=.)/.*", "") + "\\s"));
	}

	private static void checkKubectl(List<String> words) {
		if (words.contains("--")) {
			List<String> inPod = words.subList(words.indexOf("--") + 1, words.size());
			String pod = words.get(words.indexOf("--") - 1);
			checkEssential(inPod.getFirst(), inPod.subList(1, inPod.size()), pod(pod).toString().replace('"', ' '));
			words.subList(words.indexOf("--"), words.size()).clear();
		}
		String line = String.join(" ", words);
		following(line, "-n").forEach((namespace) -> assertThat(namespace).isEqualTo(NAMESPACE));
		following(line, "-k").forEach((directory) -> assertThat(Manifests.DIRECTORIES).contains(directory));
		following(line, "-p").forEach(OperatingCommandsTests::checkPatch);
		following(line, "cp").forEach((ignored) -> checkCopyOfPod(words));
		Pattern.compile("\\b(cronjob|job|pod|service)[ /]([a-z-]+)")
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

	private static void checkCopyOfPod(List<String> words) {
		assertThat(words.stream().filter((word) -> word.contains(":"))).singleElement().satisfies((word) -> {
			assertThat(word).matches(NAMESPACE + "/[a-z0-9-]+:/\\S+");
			String pod = word.substring(word.indexOf('/') + 1, word.indexOf(':'));
			assertThat(pod(pod).findValuesAsString("mountPath")).contains(word.substring(word.indexOf(':') + 1));
		});
	}

	// A pod of a StatefulSet has its name and a number.
	private static JsonNode pod(String name) {
		return manifests()
			.filter((manifest) -> isPod(manifest, "Pod", name)
					|| (name.endsWith("-0") && isPod(manifest, "StatefulSet", name.replaceFirst("-0$", ""))))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no pod " + name));
	}

	private static boolean isPod(JsonNode manifest, String kind, String name) {
		return manifest.path("kind").asString().equals(kind) && manifest.at("/metadata/name").asString().equals(name);
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

	@ParameterizedTest
	@ValueSource(strings = { "docker compose run --rm nobody", "docker compose run --net host importer history",
			"docker compose cp nobody:/qdrant/snapshots snapshots", "docker compose cp qdrant:/elsewhere snapshots",
			"docker compose run --entrypoint bash importer -c /data",
			"docker compose run --entrypoint tar importer -C /x .",
			"kubectl -n reflect-batch exec nobody -- tar -C /state .",
			"kubectl -n reflect-batch exec backup -- sh /state",
			"kubectl -n reflect-batch exec backup -- tar -C /data .",
			"kubectl cp reflect-batch/qdrant-1:/qdrant/snapshots x",
			"kubectl -n reflect-batch port-forward service/nobody 1:1", "apt install tar" })
	void aNameThatIsNotThereIsFound(String command) {
		assertThatThrownBy(() -> whatACommandNamesIsThere(command)).isInstanceOfAny(AssertionError.class,
				CommandLine.ParameterException.class);
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
