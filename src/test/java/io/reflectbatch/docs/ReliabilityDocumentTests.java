package io.reflectbatch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about reliability names, for every promise, tests that there are.
 */
class ReliabilityDocumentTests {

	private static final MarkdownDocument document = MarkdownDocument.read("docs/reliability.md");

	static List<Map<String, String>> promises() {
		return document.table("What is promised");
	}

	@ParameterizedTest
	@MethodSource("promises")
	void everyPromiseIsTested(Map<String, String> row) throws IOException {
		List<String> tests = MarkdownDocument.literals(row.get("tests"));
		assertThat(tests).as("tests of: %s", row.get("promise")).isNotEmpty();
		for (String test : tests) {
			assertThat(source(test)).as(test).containsPattern("@(Parameterized)?Test\\b|extends \\w+Contract");
		}
	}

	private static String source(String test) throws IOException {
		assertThat(test).as("name of a class that Surefire or Failsafe runs").matches("\\w+(Tests|Properties|IT)");
		try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
			List<Path> found = sources.filter((file) -> file.endsWith(test + ".java")).toList();
			assertThat(found).as("sources of %s", test).hasSize(1);
			return Files.readString(found.getFirst());
		}
	}

	@Test
	void everyFaultHasAnExitCodeThatThereIs() {
		List<String> codes = MarkdownDocument.read("README.md")
			.table("Exit codes")
			.stream()
			.map((row) -> row.get("code"))
			.toList();
		assertThat(document.table("When something fails")).allSatisfy((row) -> {
			String code = row.get("exit code").replaceFirst("\\D.*", "");
			// 128 + 9: the shell's, for a process that was killed.
			assertThat(code.equals("137") || codes.contains(code)).as(row.toString()).isTrue();
			assertThat(row.get("what to do")).isNotBlank();
		});
	}

}
