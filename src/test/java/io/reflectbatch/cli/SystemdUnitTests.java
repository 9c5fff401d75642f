package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.deployment.Tool;
import io.reflectbatch.docs.MarkdownDocument;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.importing.MemoryPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * The unit that runs a watch under systemd is what systemd understands, and fits what the
 * watch does and needs.
 */
class SystemdUnitTests {

	private static final Path UNIT = Path.of("systemd/reflect-watch.service").toAbsolutePath();

	/** At most, see WatchIT. */
	private static final DataSize WATCH = DataSize.ofMegabytes(100);

	private Map<String, String> unit = Map.of();

	@BeforeEach
	void read() throws IOException {
		this.unit = Files.readAllLines(UNIT)
			.stream()
			.filter((line) -> line.matches("\\w+=.*"))
			.collect(
					Collectors.toMap((line) -> line.replaceFirst("=.*", ""), (line) -> line.replaceFirst("\\w+=", "")));
	}

	@Test
	void systemdUnderstandsIt(@TempDir Path home) throws IOException {
		if (!Tool.isInstalled("systemd-analyze")) {
			Tool.missing("There is no systemd-analyze on the PATH to check systemd/ with; Debian has it in systemd.");
		}
		Files.createSymbolicLink(home.resolve("reflect-batch"), Path.of("").toAbsolutePath());
		Tool.Finished finished = Tool.run(List.of("systemd-analyze", "verify", "--user", UNIT.toString()),
				Map.of("HOME", home.toString(), "XDG_RUNTIME_DIR", home.toString()));
		assertThat(finished.errors()).isEmpty();
		assertThat(finished.exitCode()).isZero();
	}

	@Test
	void startsAWatch() {
		String[] command = value("ExecStart").split(" ", -1);
		assertThat(Path.of(command[0].replaceFirst("^%h/reflect-batch/", ""))).isRelative().isExecutable();
		assertThat(command[1]).isEqualTo("watch");
		assertThatCode(() -> ReflectCommand.commandLine(new ApplicationStarter(Object.class, Map.of()))
			.parseArgs(Arrays.copyOfRange(command, 1, command.length))).doesNotThrowAnyException();
	}

	@Test
	void startsItAgainUnlessThatDoesNotHelp() {
		List<String> useless = MarkdownDocument.read("README.md")
			.table("Exit codes")
			.stream()
			.filter((row) -> "no".equals(row.get("does a retry help?")))
			.map((row) -> row.getOrDefault("code", ""))
			.toList();
		assertThat(value("RestartPreventExitStatus").split(" ", -1)).containsExactlyElementsOf(useless);
		assertThat(value("SuccessExitStatus")).isEqualTo(String.valueOf(ExitCode.STOPPED.value()));
		assertThat(value("Restart")).isEqualTo("on-failure");
	}

	@ParameterizedTest
	@EnumSource
	void theWatchAndItsImportFitIntoTheMemory(Precision precision) {
		long limit = DataSize.parse(value("MemoryMax") + "B").toBytes();
		assertThatCode(
				() -> new MemoryPlan(OptionalLong.of(limit), WATCH.toBytes(), MemoryPlan.Need.of(precision), workers())
					.requireEnough())
			.doesNotThrowAnyException();
		assertThat(value("OOMPolicy")).isEqualTo("continue");
	}

	private int workers() {
		return Stream.of(value("ExecStart"))
			.map((command) -> command.replaceFirst(".*--workers (\\d+).*", "$1"))
			.mapToInt(Integer::parseInt)
			.sum();
	}

	@Test
	void aStopIsLeftToTheWatchForAsLongAsInAContainer() throws IOException {
		assertThat(value("KillMode")).isEqualTo("mixed");
		assertThat(Files.readString(Path.of("docker-compose.yaml")))
			.contains("stop_grace_period: %ss".formatted(value("TimeoutStopSec")));
	}

	private String value(String key) {
		return Objects.requireNonNull(this.unit.get(key), key);
	}

}
