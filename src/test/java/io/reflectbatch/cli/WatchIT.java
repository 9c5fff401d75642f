package io.reflectbatch.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.reflectbatch.conversation.SyntheticLogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs {@code ./reflect watch} as people and containers do.
 */
@DisabledOnOs(OS.WINDOWS)
class WatchIT {

	private static final Duration LONG = Duration.ofMinutes(2);

	private static final String MESSAGE = """
			{"type":"user","uuid":"%s","timestamp":"2026-01-31T12:00:00Z","message":{"role":"user","content":"%s"}}
			""";

	@TempDir
	private Path directory;

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<Process> started = new ArrayList<>();

	private int port;

	@BeforeAll
	static void keepTheLauncherFromBuilding() throws IOException {
		Files.setLastModifiedTime(Path.of("target/reflect-batch.jar"), FileTime.from(Instant.now()));
	}

	@BeforeEach
	void findAPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = socket.getLocalPort();
		}
	}

	@AfterEach
	void endAll() {
		this.client.close();
		this.started.forEach((process) -> process.descendants().forEach(ProcessHandle::destroyForcibly));
		this.started.forEach(Process::destroyForcibly);
	}

	@Test
	void importsWhatIsThereAndWhatComesAndStopsAtASignal() throws Exception {
		Path log = write("-p/a.jsonl", "1", "first things first");
		Process watch = watch("--interval", "3600");
		awaitSuccesses(1);
		assertThat(output("out")).contains("1 of 1 file,");
		assertThat(check()).as("exit code of --check").isZero();
		assertThat(output("check.out")).contains("\"status\":\"UP\"");
		Files.writeString(log, MESSAGE.formatted("2", "one more thing"), StandardOpenOption.APPEND);
		awaitSuccesses(2);
		write("-new/project/subagents/agent-1.jsonl", "3", "from a new directory");
		awaitSuccesses(3);
		assertThat(output("out").lines()).hasSize(3).allMatch((line) -> line.contains("1 of 1 file,"));
		assertThat(get("/metrics").body()).contains("reflect_watch_cycles_total{result=\"completed\"} 3\n",
				"reflect_watch_directories 5\n");
		if (Files.exists(Path.of("/proc/self/status"))) {
			assertThat(residentMegabytes()).as("resident megabytes").isLessThan(100);
		}
		assertThat(stop()).contains("No import is running.", "To end it: kill " + watch.pid());
		watch.destroy();
		assertThat(exitCode(watch)).isEqualTo(143);
		assertThat(stop()).isEqualToNormalizingNewlines("No import is running.\n");
		assertThat(check()).as("exit code of --check when there is no watch").isEqualTo(1);
		assertThat(output("check.err")).contains("the watch does not answer");
	}

	@Test
	void aSignalStopsTheImportAtItsNextCommit() throws Exception {
		writeMany();
		Process watch = watch();
		StoredChunks.awaitFirst(home());
		watch.destroy();
		assertThat(exitCode(watch)).isEqualTo(143);
		assertThat(watch.descendants()).isEmpty();
		assertThat(history().getFirst().get("status").asString()).isEqualTo("STOPPED");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void anImportDoesNotOutliveAWatchThatIsKilled() throws Exception {
		writeMany();
		Process watch = watch();
		StoredChunks.awaitFirst(home());
		ProcessHandle running = runningImport(watch).orElseThrow();
		watch.destroyForcibly();
		assertThat(exitCode(watch)).isEqualTo(137);
		await().atMost(Duration.ofSeconds(30)).until(() -> !running.isAlive());
		assertThat(history().getFirst().get("status").asString()).as("not killed, but stopped").isEqualTo("STOPPED");
	}

	@Test
	void anImportThatIsKilledIsStartedAgain() throws Exception {
		writeMany();
		Process watch = watch("--interval", "1");
		StoredChunks.awaitFirst(home());
		runningImport(watch).orElseThrow().destroyForcibly();
		await().atMost(LONG).until(() -> output("err").contains("Imported again"));
		assertThat(output("err")).contains("Import failed, once: exit code 137, it was killed");
		assertThat(health().get("consecutiveFailures").asInt()).isZero();
	}

	@Test
	void aWrongConfigurationEndsIt() throws Exception {
		assertThat(exitCode(watch("--interval", "often"))).isEqualTo(2);
		assertThat(output("err")).contains("--interval is 'often'; expected a duration");
		assertThat(exitCode(watch("--logs", this.directory.resolve("missing").toString()))).isEqualTo(2);
		assertThat(output("err")).contains("does not exist", "The watch ends");
	}

	@Test
	void takesAJobFileAndPlainJava() throws Exception {
		write("-p/a.jsonl", "1", "as the reference does");
		Path jobFile = this.directory.resolve("job.yaml");
		Files.writeString(jobFile, """
				reflect:
				  home: %s
				  source: {logs: %s}
				  chunking: {strategy: messages}
				  watch: {interval: 3600, port: %d}
				""".formatted(home(), logs(), this.port));
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		start("out", "err", java, "@jvm.options", "-jar", "target/reflect-batch.jar", "watch", jobFile.toString());
		awaitSuccesses(1);
		assertThat(output("err")).contains("every 3600 s", "127.0.0.1:" + this.port);
		assertThat(output("out")).contains("1 of 1 file,");
	}

	private static double residentMegabytes(String metrics) {
		return metrics.lines()
			.filter((line) -> line.startsWith("reflect_watch_resident_memory_bytes "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.indexOf(' '))) / 1e6)
			.findFirst()
			.orElseThrow();
	}

	private double residentMegabytes() throws Exception {
		return residentMegabytes(get("/metrics").body());
	}

	private Path logs() {
		return this.directory.resolve("logs");
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private Path write(String path, String id, String text) throws IOException {
		Path log = logs().resolve(path);
		Files.createDirectories(log.getParent());
		return Files.writeString(log, MESSAGE.formatted(id, text));
	}

	private void writeMany() throws IOException {
		SyntheticLogs.seeded(3).projects(2).filesPerProject(6).linesPerFile(100).writeTo(logs());
	}

	private Process watch(String... options) throws IOException {
		List<String> command = new ArrayList<>(List.of("./reflect", "watch", "--port", String.valueOf(this.port)));
		command.addAll(List.of(options));
		return start("out", "err", command.toArray(String[]::new));
	}

	private int check() throws Exception {
		return exitCode(start("check.out", "check.err", "./reflect", "watch", "--check"));
	}

	private String stop() throws Exception {
		assertThat(exitCode(start("stop.out", "stop.err", "./reflect", "stop"))).isZero();
		return output("stop.out");
	}

	private Process start(String out, String err, String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(this.directory.resolve(out).toFile())
			.redirectError(this.directory.resolve(err).toFile());
		builder.environment().keySet().removeAll(ReferenceEnvironment.KEYS.keySet());
		builder.environment().put("REFLECT_HOME", home().toString());
		builder.environment().put("LOGS_DIR", logs().toString());
		Process process = builder.start();
		this.started.add(process);
		return process;
	}

	private static Optional<ProcessHandle> runningImport(Process watch) {
		return watch.children()
			.filter((child) -> child.info().commandLine().orElse("").contains(" import"))
			.findFirst();
	}

	private void awaitSuccesses(int count) {
		await().atMost(LONG)
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> get("/metrics").body()
				.contains("reflect_watch_cycles_total{result=\"completed\"} " + count + "\n"));
	}

	private JsonNode health() throws Exception {
		return JsonMapper.shared().readTree(get("/health").body());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		URI url = URI.create("http://127.0.0.1:" + this.port + path);
		return this.client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
	}

	private List<JsonNode> history() throws Exception {
		assertThat(exitCode(start("history.json", "history.err", "./reflect", "history", "--json"))).isZero();
		List<JsonNode> executions = new ArrayList<>();
		JsonMapper.shared().readTree(output("history.json")).forEach(executions::add);
		return executions;
	}

	private String output(String file) throws IOException {
		return Files.readString(this.directory.resolve(file));
	}

	private static int exitCode(Process process) throws InterruptedException {
		assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("ended within %s", LONG).isTrue();
		return process.exitValue();
	}

}
