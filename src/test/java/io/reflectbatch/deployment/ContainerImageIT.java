package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image works for any user, writes nothing but its volumes, and starts from its AOT
 * cache. There is no Docker here: see {@link SimulatedImage} for what is simulated.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainerImageIT {

	private static final int SOMEBODY = 23456;

	@TempDir
	private static Path temporary;

	private static SimulatedImage image;

	@BeforeAll
	static void build() throws IOException {
		image = SimulatedImage.build(temporary);
		Path logs = image.root().resolve("logs");
		Files.copy(Path.of("src/test/resources/parity/projects/-home-dev-wiki/twenty-three.jsonl"),
				Files.createDirectories(logs.resolve("-home-dev-wiki")).resolve("twenty-three.jsonl"));
	}

	@Test
	@Order(1)
	void holdsWhatItNeedsAndNoSources() throws IOException {
		try (Stream<Path> files = Files.list(image.root().resolve("app"))) {
			assertThat(files.map((file) -> file.getFileName().toString())).contains("lib", "reflect-batch.jar",
					"reflect-batch.aot", "native", "reflect", "java.options");
		}
		assertThat(image.root().resolve("build")).doesNotExist();
		assertThat(image.root().resolve("training")).doesNotExist();
		assertThat(image.root().resolve("data")).isEmptyDirectory();
	}

	@Test
	@Order(2)
	void importsAsAnyUserAndWritesOnlyToItsVolumes() throws IOException {
		List<Path> before = outsideOfVolumes();
		Tool.Finished finished = reflect("import");
		assertThat(finished.exitCode()).as(finished::errors).isZero();
		assertThat(finished.output() + finished.errors()).contains("1 of 1 file,");
		assertThat(outsideOfVolumes()).isEqualTo(before);
		assertThat(image.root().resolve("config/imported-files.json")).content()
			.contains("\"/logs/-home-dev-wiki/twenty-three.jsonl\"");
		assertThat(image.root().resolve("data/native")).as("native libraries, which the image holds").doesNotExist();
	}

	@Test
	@Order(3)
	void findsItsLastImportAndWhatWasSaid() {
		assertThat(reflect("history").output()).contains("COMPLETED");
		assertThat(reflect("search", "--limit", "1", "twenty").output()).contains("-home-dev-wiki");
	}

	@Test
	@Order(4)
	void startsFromItsCache() {
		Tool.Finished finished = image.run(SOMEBODY, Map.of(),
				List.of("java", "@/app/java.options", "-XX:AOTCache=/app/reflect-batch.aot", "-XX:AOTMode=on",
						"-Xlog:aot=info", "-jar", "/app/reflect-batch.jar", "--version"));
		assertThat(finished.exitCode()).as(finished::output).isZero();
		assertThat(finished.output()).contains("Using AOT-linked classes: true");
	}

	@Test
	@Order(5)
	void knowsThatNoWatcherRuns() {
		Tool.Finished finished = image.run(SOMEBODY, Map.of(),
				Tool.with(ComposeFileTests.entryPointOfTheWatcher(), "watch", "--check"));
		assertThat(finished.exitCode()).isEqualTo(1);
		assertThat(finished.errors()).doesNotContain("Error:");
	}

	@Test
	@Order(6)
	void saysWhatIsMissingWhereAVolumeCannotBeWritten() {
		Tool.Finished finished = image.run(SOMEBODY, Map.of("REFLECT_HOME", "/logs"),
				Tool.with(entryPoint(), "import"));
		assertThat(finished.exitCode()).isNotZero();
		assertThat(finished.errors()).contains("/logs");
	}

	private static Tool.Finished reflect(String... arguments) {
		return image.run(SOMEBODY, Map.of(), Tool.with(entryPoint(), arguments));
	}

	private static List<String> entryPoint() {
		try {
			return Dockerfile.read().finalStage().command("ENTRYPOINT");
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<Path> outsideOfVolumes() throws IOException {
		try (Stream<Path> files = Files.walk(image.root())) {
			return files
				.filter((file) -> Stream.of("data", "config")
					.noneMatch((volume) -> file.startsWith(image.root().resolve(volume))))
				.sorted()
				.toList();
		}
	}

}
