package io.reflectbatch.embedding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeLibraries} in JVMs of their own: natives are loaded once a
 * process.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class NativeLibrariesTests {

	@TempDir
	Path directory;

	@Test
	void writesNothingOutsideItsHome() throws Exception {
		Path home = this.directory.resolve("home");
		Path user = Files.createDirectory(this.directory.resolve("user"));
		Path temporary = Files.createDirectory(this.directory.resolve("temporary"));
		Process process = embedInAnotherProcess(home, user, temporary);
		assertThat(filesUnder(user)).isEmpty();
		assertThat(filesUnder(temporary)).isEmpty();
		assertThat(Path.of("/tmp", "mat-debug-%d.log".formatted(process.pid()))).doesNotExist();
		assertThat(filesUnder(home)).hasSize(6)
			.allSatisfy((file) -> assertThat(file.toString())
				.matches(".*/(model|native)/.*(onnx|weights|so|dylib|jnilib)"));
	}

	/**
	 * Builds of ONNX Runtime with telemetry (seen in 1.29.0, not in 1.24.2) search the
	 * command line with a recursion that overflows the stack.
	 */
	@Test
	void survivesALongCommandLine() throws Exception {
		Path temporary = Files.createDirectory(this.directory.resolve("temporary"));
		embedInAnotherProcess(Path.of("target", "reflect-home"), temporary, temporary, "-Dlong=" + "x".repeat(20_000));
	}

	private static Process embedInAnotherProcess(Path home, Path user, Path temporary, String... options)
			throws Exception {
		List<String> command = Stream
			.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
					"-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-Duser.home=" + user,
					"-Djava.io.tmpdir=" + temporary), Stream.of(options),
					Stream.of(Embedding.class.getName(), home.toString()))
			.flatMap((part) -> part)
			.toList();
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		Map<String, String> environment = builder.environment();
		environment.remove("ORT_DISABLE_TELEMETRY");
		environment.remove("XDG_CACHE_HOME");
		environment.put("HOME", user.toString());
		environment.put("TMPDIR", temporary.toString());
		environment.put("CLASSPATH", System.getProperty("java.class.path"));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(output).contains("384 values");
		assertThat(process.exitValue()).as(output).isZero();
		return process;
	}

	private static List<Path> filesUnder(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> !file.equals(directory) && (Files.isRegularFile(file) || isEmpty(file)))
				.toList();
		}
	}

	private static boolean isEmpty(Path directory) {
		String[] names = directory.toFile().list();
		return names != null && names.length == 0;
	}

	/**
	 * The other process.
	 */
	static final class Embedding {

		private Embedding() {
		}

		public static void main(String[] arguments) {
			try (Embedder embedder = Embedder.open(Precision.INT8, 128, Path.of(arguments[0]))) {
				System.out.println(embedder.embed("Nothing leaves this directory").vector().length + " values");
			}
		}

	}

}
