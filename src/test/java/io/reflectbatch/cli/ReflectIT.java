package io.reflectbatch.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.conversation.SyntheticLogs;
import io.reflectbatch.ledger.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs {@code ./reflect} as scripts and Kubernetes do, and looks at its exit codes.
 */
@DisabledOnOs(OS.WINDOWS)
class ReflectIT {

	private static final Duration LONG = Duration.ofMinutes(2);

	/**
	 * So many files a project that an import is still under way when two other commands
	 * have come and gone.
	 */
	private static final int MORE_THAN_THE_FASTEST_IMPORTS = 20;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private final Map<String, String> environment = new HashMap<>();

	@BeforeAll
	static void keepTheLauncherFromBuilding() throws IOException {
		Files.setLastModifiedTime(Path.of("target/reflect-batch.jar"), FileTime.from(Instant.now()));
	}

	@BeforeEach
	void writeLogs() throws IOException {
		writeLogs(6);
	}

	private void writeLogs(int filesPerProject) throws IOException {
		SyntheticLogs.seeded(3).projects(2).filesPerProject(filesPerProject).linesPerFile(100).writeTo(logs());
	}

	@Test
	void aSignalStopsAnImportAndTheNextOneGoesOn() throws Exception {
		Process running = start("import", "--logs", logs().toString());
		StoredChunks.awaitFirst(home());
		running.destroy();
		assertThat(exitCode(running)).isEqualTo(143);
		assertThat(lastStatus()).isEqualTo("STOPPED");
		assertThat(exitCode(start("import", "--logs", logs().toString()))).isZero();
		assertThat(lastStatus()).isEqualTo("COMPLETED");
		assertThat(exitCode(start("verify", "--logs", logs().toString()))).isZero();
	}

	@Test
	void aKilledImportIsRestartedAndItsHistoryTellsWhy() throws Exception {
		writeLogs(12);
		Process running = start("import", "--logs", logs().toString());
		StoredChunks.awaitFirst(home());
		await().atMost(LONG).until(() -> history().getFirst().get("chunks").asInt() > 0);
		running.destroyForcibly();
		assertThat(exitCode(running)).isEqualTo(137);
		assertThat(history().getFirst().get("reason").asString()).startsWith("killed: process " + running.pid())
			.endsWith("the next import restarts it");
		assertThat(exitCode(start("import", "--logs", logs().toString()))).isZero();
		assertThat(history()).anySatisfy((execution) -> {
			assertThat(execution.get("status").asString()).isEqualTo("FAILED");
			assertThat(execution.get("reason").asString()).startsWith("killed: process " + running.pid() + " on ")
				.contains(" is gone, last seen ", " MB resident");
		}).anySatisfy((execution) -> assertThat(execution.get("restartOf").isNull()).isFalse());
		assertThat(history()).extracting((execution) -> execution.get("id").asInt()).containsExactly(3, 2, 1);
		assertThat(exitCode(start("verify", "--logs", logs().toString()))).isZero();
	}

	@Test
	void onlyOneImportRunsAtATime() throws Exception {
		writeLogs(MORE_THAN_THE_FASTEST_IMPORTS);
		Process running = start("import", "--logs", logs().toString());
		StoredChunks.awaitFirst(home());
		assertThat(exitCode(start("import", "--logs", logs().toString()))).isEqualTo(3);
		assertThat(errors()).contains("running already", "process " + running.pid());
		assertThat(exitCode(start("stop"))).isZero();
		assertThat(exitCode(running)).isEqualTo(143);
	}

	@Test
	void onlyOneImportRunsAtATimeOnPostgres() throws Exception {
		writeLogs(MORE_THAN_THE_FASTEST_IMPORTS);
		URI server = URI.create(TestDatabase.POSTGRESQL.newUrl().substring("jdbc:".length()));
		Map<String, String> query = query(server);
		String url = "jdbc:postgresql://" + server.getAuthority() + server.getPath() + "?currentSchema="
				+ query.get("currentSchema");
		String password = query.getOrDefault("password", "schwertfisch");
		this.environment.put("SPRING_DATASOURCE_URL", url);
		this.environment.put("SPRING_DATASOURCE_USERNAME", query.getOrDefault("user", "postgres"));
		this.environment.put("SPRING_DATASOURCE_PASSWORD", password);
		Process running = start("import", "--logs", logs().toString());
		StoredChunks.awaitFirst(home());
		assertThat(exitCode(start("import", "--verbose", "--logs", logs().toString()))).isEqualTo(3);
		assertThat(errors()).contains("running already", "process " + running.pid(), "since ").doesNotContain(password);
		assertThat(exitCode(start("stop"))).isZero();
		assertThat(exitCode(running)).isEqualTo(143);
		assertThat(home().resolve("database")).doesNotExist();

		Path jobFile = this.directory.resolve("job.yaml");
		Files.writeString(jobFile, """
				spring:
				  datasource:
				    url: %s
				    username: %s
				    password: %s
				""".formatted(url, this.environment.get("SPRING_DATASOURCE_USERNAME"), password));
		this.environment.clear();
		assertThat(exitCode(start("run", jobFile.toString(), "--logs", logs().toString()))).isZero();
		assertThat(home().resolve("database")).doesNotExist();

		Files.writeString(jobFile, Files.readString(jobFile).replace(":" + server.getPort(), ":" + freePort()));
		assertThat(exitCode(start("run", jobFile.toString(), "--logs", logs().toString()))).isEqualTo(4);
		assertThat(errors()).isNotBlank().doesNotContain(password);
	}

	private static Map<String, String> query(URI url) {
		Map<String, String> parameters = new HashMap<>();
		for (String parameter : url.getQuery().split("&", -1)) {
			parameters.put(parameter.replaceFirst("=.*", ""), parameter.replaceFirst(".*?=", ""));
		}
		return parameters;
	}

	@Test
	void saysSoonThatQdrantIsDown() throws Exception {
		int port = freePort();
		Process running = start("import", "--logs", logs().toString(), "--qdrant-url", "http://localhost:" + port);
		assertThat(exitCode(running)).isEqualTo(4);
		assertThat(errors()).contains("localhost:" + (port + 1), "QDRANT_URL");
	}

	@Test
	void linesThatCannotBeReadFailAStrictImport() throws Exception {
		Path one = this.directory.resolve("one");
		Files.createDirectories(one.resolve("-p"));
		Files.writeString(one.resolve("-p/a.jsonl"), "// no JSON\n");
		assertThat(exitCode(start("import", "--strict", "--logs", one.toString()))).isEqualTo(5);
	}

	@Test
	void mistakesAreSaidInAFewLines() throws Exception {
		Path jobFile = this.directory.resolve("job.yaml");
		Files.writeString(jobFile, "reflect:\n  chunking:\n    strategi: windows\n");
		assertThat(exitCode(start("run", jobFile.toString()))).isEqualTo(2);
		assertThat(errors()).contains("job.yaml:3", "reflect.chunking.strategi", "messages, overlap, strategy");
		assertThat(errors().lines()).hasSizeLessThan(4);
		assertThat(exitCode(start("import", "--logs", this.directory.resolve("missing").toString()))).isEqualTo(2);
		assertThat(exitCode(start("show", "4711"))).isEqualTo(2);
	}

	// Whoever develops with Spring has such files.
	@Test
	void aConfigurationInTheCurrentDirectoryIsNotRead() throws Exception {
		Path project = this.directory.resolve("project");
		Files.createDirectories(project.resolve("config"));
		String configuration = "spring:\n  datasource:\n    url: jdbc:of:another:application\n";
		Files.writeString(project.resolve("application.yaml"), configuration);
		Files.writeString(project.resolve("config/application.yaml"), configuration);
		assertThat(exitCode(builder("history").directory(project.toFile())
			.redirectOutput(this.directory.resolve("out").toFile())
			.redirectError(this.directory.resolve("err").toFile())
			.start())).isZero();
		assertThat(errors()).isEmpty();
	}

	@Test
	void whatAJobFileSaysOfImportsKeepsNobodyFromLookingIntoTheLedger() throws Exception {
		this.environment.put("LOGS_DIR", this.directory.toString());
		assertThat(exitCode(start("import"))).isZero();
		Path jobFile = Files.writeString(this.directory.resolve("job.yaml"),
				"reflect:\n  run:\n    commit-interval: 0\n");
		this.environment.put("REFLECT_JOB_FILE", jobFile.toString());
		for (String command : List.of("history", "show 1", "files")) {
			assertThat(exitCode(start(command.split(" ")))).as(command).isZero();
			assertThat(errors()).as(command).isEmpty();
		}
		for (String command : List.of("import", "search x")) {
			assertThat(exitCode(start(command.split(" ")))).as(command).isEqualTo(2);
			assertThat(errors()).as(command).contains(jobFile + ":3: reflect.run.commit-interval is '0'");
		}
	}

	@Test
	void whereProgramsReadTheLogEveryLineIsForThem() throws Exception {
		this.environment.put("REFLECT_LOG_FORMAT", "ecs");
		Path message = this.directory.resolve("termination-log");
		this.environment.put("REFLECT_TERMINATION_LOG", message.toString());
		assertThat(exitCode(start("import", "--nope"))).isEqualTo(2);
		assertLastEvent(2, "Unknown option: '--nope'");
		assertThat(exitCode(start("import", "--workers", "x"))).isEqualTo(2);
		assertLastEvent(2, "--workers is 'x'");
		assertThat(message).content().startsWith("exit code 2: --workers is 'x'");
		Path one = this.directory.resolve("one");
		Files.createDirectories(one.resolve("-p"));
		Files.writeString(one.resolve("-p/a.jsonl"), "{\"type\":\"user\",\"message\":{\"content\":\"hello\"}}\n");
		assertThat(exitCode(start("import", "--logs", one.toString()))).isZero();
		assertLastEvent(0, "Completed execution 1: 1 of 1 file, 1 chunk,");
		assertThat(message).content().startsWith("exit code 0, execution 1: Completed execution 1");
	}

	private void assertLastEvent(int exitCode, String words) throws IOException {
		List<JsonNode> events = errors().lines().map((line) -> JsonMapper.shared().readTree(line)).toList();
		assertThat(events.getLast().get("exit_code").asInt()).isEqualTo(exitCode);
		assertThat(events.getLast().get("message").asString()).contains(words);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void startsWithTheCacheThatTheBuildHasMade() throws Exception {
		ProcessBuilder builder = builder("--version").redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("out").toFile());
		// Java refuses to start if it cannot use it.
		builder.environment().put("REFLECT_JAVA_OPTS", "-XX:AOTMode=on");
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		assertThat(exitCode(builder.start())).isZero();
		assertThat(this.directory.resolve("out")).content().startsWith("Reflect Batch");
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private Path logs() {
		return this.directory.resolve("logs");
	}

	private String lastStatus() throws Exception {
		return history().getFirst().get("status").asString();
	}

	private List<JsonNode> history() throws Exception {
		Path out = this.directory.resolve("history.json");
		Process process = builder("history", "--json").redirectOutput(out.toFile())
			.redirectError(this.directory.resolve("history.err").toFile())
			.start();
		assertThat(exitCode(process)).isZero();
		List<JsonNode> executions = new ArrayList<>();
		JsonMapper.shared().readTree(Files.readString(out)).forEach(executions::add);
		return executions;
	}

	private Process start(String... arguments) throws IOException {
		return builder(arguments).redirectOutput(this.directory.resolve("out").toFile())
			.redirectError(this.directory.resolve("err").toFile())
			.start();
	}

	private ProcessBuilder builder(String... arguments) {
		List<String> command = new ArrayList<>(List.of(Path.of("reflect").toAbsolutePath().toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("REFLECT_HOME", home().toString());
		builder.environment().keySet().removeAll(List.of("QDRANT_URL", "LOGS_DIR", "STATE_FILE", "BATCH_SIZE"));
		builder.environment().putAll(this.environment);
		return builder;
	}

	private static int exitCode(Process process) throws InterruptedException {
		boolean ended = process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
		if (!ended) {
			process.destroyForcibly();
		}
		assertThat(ended).as("ended within %s", LONG).isTrue();
		return process.exitValue();
	}

	private String errors() throws IOException {
		return Files.readString(this.directory.resolve("err"), StandardCharsets.UTF_8);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
