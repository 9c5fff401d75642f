package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.reflectbatch.conversation.SyntheticLogs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A machine on which something is wrong, as its operator sees it: one message, an exit
 * code, and nothing lost.
 */
@EnabledOnOs(OS.LINUX)
class FaultIT {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private String errors = "";

	@BeforeAll
	static void keepTheLauncherFromBuilding() throws IOException {
		Files.setLastModifiedTime(Path.of("target/reflect-batch.jar"), FileTime.from(Instant.now()));
	}

	@BeforeEach
	void writeLogs() throws IOException {
		SyntheticLogs.seeded(5).projects(1).filesPerProject(4).linesPerFile(60).writeTo(this.directory.resolve("logs"));
		Files.createDirectories(home());
	}

	@Test
	void aDataDirectoryWithoutRoomFailsAndIsGoneOnWithWhenThereIs() throws Exception {
		assumeThatDirectoriesCanBeMounted();
		assertThat(importWithRoomFor("1m")).isOne();
		assertOneMessage("No space left on device", "choose another one with REFLECT_HOME");
		// The native libraries would fit in, and leave the database too little.
		assertThat(importWithRoomFor("30m")).isOne();
		assertOneMessage("No space left on device (", " MB are free)", "choose another one with REFLECT_HOME");
		assertThat(run("./reflect import --home \"$1\" --logs \"$2\"")).isZero();
	}

	private int importWithRoomFor(String size) throws Exception {
		return inNamespace(
				"mount -t tmpfs -o size=" + size + " tmpfs \"$1\" && ./reflect import --home \"$1\" --logs \"$2\"");
	}

	@Test
	void aDataDirectoryThatFillsUpLosesNothing() throws Exception {
		assumeThatDirectoriesCanBeMounted();
		int exitCode = inNamespace("""
				import() { ./reflect import --home "$home" --logs "$1" >&2; }
				home=$1 logs=$2 one=$2-one
				mount -t tmpfs -o size=100m tmpfs "$home"
				mkdir -p "$one/-p" && echo '{"type":"user","uuid":"u","message":{"content":"hello"}}' >"$one/-p/a.jsonl"
				import "$one" || exit 11
				cat /dev/zero >"$home/ballast" 2>/dev/null
				import "$logs" && exit 12
				rm "$home/ballast"
				import "$logs" || exit 13
				./reflect verify --home "$home" --logs "$logs" >&2
				""");
		assertThat(exitCode).as(this.errors).isZero();
		assertOneMessage("No space left on device");
	}

	@Test
	void aDataDirectoryThatIsReadOnlyIsRefused() throws Exception {
		assumeThatDirectoriesCanBeMounted();
		assertThat(inNamespace("mount -t tmpfs -o ro tmpfs \"$1\" && ./reflect import --home \"$1\" --logs \"$2\""))
			.isEqualTo(2);
		assertOneMessage("cannot be written", "REFLECT_HOME");
	}

	@Test
	void aDatabaseThatAnotherProgramHasOpenIsLeftAlone() throws Exception {
		assertThat(run("./reflect import --home \"$1\" --logs \"$2\"")).isZero();
		try (FileChannel channel = FileChannel.open(databaseFile(), StandardOpenOption.WRITE);
				FileLock lock = channel.lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThat(run("./reflect history --home \"$1\"")).isEqualTo(4);
			assertOneMessage("Another process has the database open", "try again");
		}
		assertThat(run("./reflect history --home \"$1\"")).isZero();
	}

	private Path databaseFile() throws IOException {
		try (Stream<Path> files = Files.walk(home().resolve("database"))) {
			return files.filter((found) -> found.toString().endsWith(".mv.db")).findFirst().orElseThrow();
		}
	}

	private void assertOneMessage(String... parts) {
		assertThat(this.errors).contains(parts).doesNotContain("\tat ", "Exception in thread");
		// An import says the same once more at its end, with its exit code.
		List<String> said = this.errors.lines()
			.filter((line) -> line.startsWith("reflect: ") && !line.startsWith("reflect: exit code "))
			.toList();
		assertThat(said).hasSizeBetween(1, 2).doesNotHaveDuplicates();
	}

	private void assumeThatDirectoriesCanBeMounted() throws Exception {
		assumeThat(inNamespace("mount -t tmpfs tmpfs \"$1\"")).as("directories can be mounted in a namespace").isZero();
	}

	private int inNamespace(String script) throws Exception {
		return run(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script));
	}

	private int run(String script) throws Exception {
		return run(List.of("sh", "-c", script));
	}

	private int run(List<String> shell) throws Exception {
		Path output = this.directory.resolve("errors.txt");
		ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(shell));
		builder.command().addAll(List.of("sh", home().toString(), this.directory.resolve("logs").toString()));
		builder.environment().keySet().removeAll(List.of("QDRANT_URL", "LOGS_DIR", "STATE_FILE", "REFLECT_HOME"));
		Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("has ended").isTrue();
			this.errors = Files.readString(output);
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
