package io.reflectbatch.watch;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JavaCommandTests {

	@Test
	void startsTheSameJavaWithTheSameOptionsAndOtherArguments() {
		JavaCommand command = JavaCommand.of("/jdk/bin/java",
				List.of("@/app/jvm.options", "-XX:AOTCache=a.aot", "-jar", "/app/reflect.jar", "watch", "--logs", "/x"),
				List.of("watch", "--logs", "/x"));
		assertThat(command.with(List.of("reflect.watched=true"), List.of("import", "--logs=/x"))).containsExactly(
				"/jdk/bin/java", "-Dreflect.watched=true", "@/app/jvm.options", "-XX:AOTCache=a.aot", "-jar",
				"/app/reflect.jar", "import", "--logs=/x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "@/check out/jvm-watch.options", "@jvm-watch.options", "-Dreflect.terminal.input=true" })
	void leavesOutWhatIsMeantForTheWatch(String option) {
		JavaCommand command = JavaCommand.of("java", List.of("-Xmx1g", option, "-jar", "r.jar", "watch"),
				List.of("watch"));
		assertThat(command.with(List.of(), List.of("import"))).containsExactly("java", "-Xmx1g", "-jar", "r.jar",
				"import");
	}

	@Test
	void givesImportsWhatIsMeantForThemOnly() {
		JavaCommand command = JavaCommand.of("java",
				List.of("-Dreflect.import.option=-XX:AOTCache=/x/a.aot", "-jar", "r.jar", "watch"), List.of("watch"));
		assertThat(command.with(List.of(), List.of("import"))).containsExactly("java", "-XX:AOTCache=/x/a.aot", "-jar",
				"r.jar", "import");
	}

	@Test
	void keepsAnArgumentThatLooksLikeAnOption() {
		List<String> arguments = List.of("watch", "--logs", "-jar", "");
		JavaCommand command = JavaCommand.of("java", List.of("-cp", "x", "Main", "watch", "--logs", "-jar", ""),
				arguments);
		assertThat(command.with(List.of(), arguments)).containsExactly("java", "-cp", "x", "Main", "watch", "--logs",
				"-jar", "");
	}

	@Test
	void saysThatItCannotFindOut() {
		assertThatExceptionOfType(WatchFailedException.class)
			.isThrownBy(() -> JavaCommand.of("java", List.of(), List.of("watch")))
			.withMessageContaining("Cannot find out how Java was started");
		assertThatExceptionOfType(WatchFailedException.class)
			.isThrownBy(() -> JavaCommand.of("java", List.of("-jar", "x.jar", "other"), List.of("watch")));
	}

}
