package io.reflectbatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Nothing leaves the machine unless a server is named: the kernel is asked for every
 * address that an import and a search want to reach, by {@code strace} where there is
 * one.
 */
@EnabledOnOs(OS.LINUX)
class NetworkIT {

	@TempDir
	private Path directory;

	@BeforeEach
	void requireStrace() throws Exception {
		assumeThat(canTrace()).as("strace works here").isTrue();
	}

	private boolean canTrace() throws InterruptedException {
		try {
			return trace("true") == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void importingAndSearchingReachesForNoOtherMachine() throws Exception {
		Path logs = this.directory.resolve("logs");
		Files.writeString(Files.createDirectories(logs.resolve("-home-me-app")).resolve("a.jsonl"),
				"{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"How do I stop a container?\"}}\n");
		assertThat(trace("./reflect", "import", "--logs", logs.toString())).isZero();
		assertThat(outside()).isEmpty();
		assertThat(trace("./reflect", "search", "container")).isZero();
		assertThat(outside()).isEmpty();
	}

	// That the trace shows something, and that we can read it.
	@Test
	void seesAConnection() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			trace("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort());
			assertThat(connections()).singleElement().asString().contains("htons(" + server.getLocalPort() + ")");
		}
	}

	private int trace(String... command) throws IOException, InterruptedException {
		List<String> traced = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-e",
				"trace=connect,sendto,sendmsg,sendmmsg", "-o", this.directory.resolve("trace").toString()));
		traced.addAll(List.of(command));
		ProcessBuilder builder = new ProcessBuilder(traced).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile());
		builder.environment().put("REFLECT_HOME", this.directory.resolve("home").toString());
		builder.environment().keySet().removeIf((name) -> name.startsWith("QDRANT_") || name.startsWith("SPRING_"));
		Process process = builder.start();
		assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
		return process.exitValue();
	}

	private List<String> outside() throws IOException {
		return connections().stream()
			.filter((line) -> !line.contains("127.0.0.1") && !line.contains("\"::1\""))
			.toList();
	}

	private List<String> connections() throws IOException {
		try (Stream<String> lines = Files.lines(this.directory.resolve("trace"))) {
			return lines.filter((line) -> line.contains("AF_INET")).toList();
		}
	}

}
