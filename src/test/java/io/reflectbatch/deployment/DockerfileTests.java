package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of the {@code Dockerfile} without Docker. {@link ContainerImageIT}
 * runs it, as far as that goes.
 */
class DockerfileTests {

	private static final NpmProject LINTER = new NpmProject(Path.of("src/test/dockerfile"));

	@Test
	void theLinterFindsNothing() throws IOException {
		Tool.Finished finished = lint(Path.of("Dockerfile"));
		assertThat(finished.output()).isBlank();
		assertThat(finished.exitCode()).isZero();
	}

	private static Tool.Finished lint(Path dockerfile) {
		if (!Tool.isInstalled("npm") || !Tool.isInstalled("node")) {
			return Tool.missing("There is no npm, which brings the linter of Dockerfiles.");
		}
		try {
			return Tool.run(List.of(LINTER.program("dockerfile-utils/bin/dockerfile-utils").toString(), "lint",
					dockerfile.toString()), Map.of());
		}
		catch (IOException ex) {
			return Tool.missing(ex.getMessage());
		}
	}

	@Test
	void imagesFromElsewhereArePinned() throws IOException {
		Dockerfile dockerfile = Dockerfile.read();
		List<String> stages = dockerfile.stages().stream().map(Dockerfile.Stage::name).toList();
		assertThat(dockerfile.stages()).extracting(Dockerfile.Stage::base)
			.filteredOn((base) -> !stages.contains(base))
			.isNotEmpty()
			.allMatch((base) -> base.matches("[^:]+:.*[0-9].*"));
	}

	@Test
	void noShellIsNeededAndNoPrivilege() throws IOException {
		Dockerfile.Stage image = Dockerfile.read().finalStage();
		assertThat(image.command("ENTRYPOINT")).containsExactly("java", "@/app/reflect");
		assertThat(image.command("CMD")).containsExactly("watch");
		assertThat(image.command("HEALTHCHECK")).containsExactly("java", "@/app/reflect", "watch", "--check");
		assertThat(image.all("USER")).singleElement().asString().matches("[1-9][0-9]{3,}:0");
	}

	@Test
	void javaIsStartedAsTheLauncherStartsIt() throws IOException {
		String image = Files.readString(Path.of("jvm-image.options")) + run("build").toList()
				+ Files.readString(Path.of("docker-compose.yaml"));
		Stream<String> launcher = Pattern.compile("-(XX:\\w+=|XX:[+-]\\w+|D(?!maven)[\\w.]+)")
			.matcher(Files.readString(Path.of("reflect")))
			.results()
			.map((option) -> option.group())
			.filter((option) -> !option.startsWith("-Dreflect.terminal"))
			// The image starts all commands as it starts an import.
			.filter((option) -> !List.of("-XX:TieredStopAtLevel=", "-XX:+UseTransparentHugePages").contains(option));
		assertThat(launcher).isNotEmpty().allSatisfy((option) -> assertThat(image).contains(option));
		assertThat(Files.readString(Path.of("reflect"))).contains("MALLOC_ARENA_MAX:-1");
		assertThat(Dockerfile.read().finalStage().environment()).containsEntry("MALLOC_ARENA_MAX", "1")
			.containsEntry("LC_ALL", "C.UTF-8");
		assertThat(run("build"))
			.anyMatch((command) -> command.equals("cat jvm.options jvm-25.options jvm-image.options >java.options"));
	}

	@Test
	void theAotCacheIsMadeAsThatOfTheBuild() throws IOException {
		String training = run("training").filter((command) -> command.contains("TrainingRun"))
			.findFirst()
			.orElseThrow();
		Stream<String> arguments = Pattern.compile("<jvmarg value=\"(?:@\\$\\{project.basedir}/)?([^\"]+)\"")
			.matcher(Files.readString(Path.of("pom.xml")))
			.results()
			.map((argument) -> argument.group(1))
			.filter((argument) -> !argument.startsWith("-Djarmode"))
			.map((argument) -> argument.replaceFirst("\\$\\{.*", ""));
		assertThat(arguments).hasSizeGreaterThan(3).allSatisfy((argument) -> assertThat(training).contains(argument));
	}

	@Test
	void theBuilderGetsWhatItCopiesAndLittleElse() throws IOException {
		DockerIgnore ignore = DockerIgnore.read();
		assertThat(List.of("mvnw", "pom.xml", "jvm.options", "jvm-25.options", "jvm-image.options", "jvm-watch.options",
				".mvn/jvm.config", "jobs/import.yaml", "src/main/java/io/reflectbatch/Reflect.java",
				"src/test/resources/parity/projects/-home-dev-wiki/languages.jsonl"))
			.allSatisfy((file) -> {
				assertThat(Path.of(file)).exists();
				assertThat(ignore.ignores(Path.of(file))).as(file).isFalse();
			});
		assertThat(List.of(".git", "target", "docs", "README.md", "reflect", "src/test/java", "src/test/qdrant",
				"jobs/kustomization.yaml"))
			.allSatisfy((file) -> assertThat(ignore.ignores(Path.of(file))).as(file).isTrue());
	}

	private static Stream<String> run(String stage) throws IOException {
		return Dockerfile.read()
			.stages()
			.stream()
			.filter((candidate) -> candidate.name().equals(stage))
			.flatMap((candidate) -> candidate.all("RUN").stream());
	}

}
