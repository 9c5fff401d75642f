package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests that patterns mean what they mean to git, by asking it.
 */
class PathPatternsTests {

	private static final List<String> PATHS = List.of("-home-me-app/a.jsonl", "-home-me-app/b.jsonl",
			"-home-me-app/a/subagents/agent-1.jsonl", "-home-me-app/a/subagents/deep/agent-2.jsonl",
			"-home-me-app-2/a.jsonl", "-home-me-secret-thing/a.jsonl", "-home-größe/ü.jsonl", "a/a.jsonl",
			"a/b/c.jsonl", "#hash/a.jsonl", "!bang/a.jsonl", "with space/a.jsonl", "br[ack]et/a.jsonl",
			"a.b+c$d^(e)/a.jsonl", "a/foo/b/foo.jsonl", "foo/b.jsonl", "star*/a.jsonl", "1/a.jsonl", "9/a.jsonl");

	static List<List<String>> patterns() {
		return List.of(List.of("-home-me-app/"), List.of("-home-me-app"), List.of("/-home-me-app"),
				List.of("-home-me-*"), List.of("*secret*"), List.of("*.jsonl"), List.of("a.jsonl"), List.of("/a.jsonl"),
				List.of("a"), List.of("/a"), List.of("a/"), List.of("a/*"), List.of("a/**"), List.of("**/a"),
				List.of("**/foo"), List.of("**/foo/**"), List.of("a/**/foo.jsonl"), List.of("a/**/c.jsonl"),
				List.of("**"), List.of("*"), List.of("subagents/"), List.of("*/subagents"), List.of("*/*/subagents"),
				List.of("**/agent-?.jsonl"), List.of("-home-me-app/[ab].jsonl"), List.of("-home-me-app/[!a].jsonl"),
				List.of("-home-me-app/[^a-a].jsonl"), List.of("[0-5]/"), List.of("[]-]*"), List.of("br\\[ack\\]et"),
				List.of("br[[]ack]et/"), List.of("\\#hash"), List.of("#hash"), List.of("\\!bang"),
				List.of("with space/ "), List.of("with\\ space/   "), List.of("star\\*"), List.of("a.b+c$d^(e)"),
				List.of("*", "!-home-me-app/"), List.of("*", "!-home-me-app/", "-home-me-app/a*"),
				List.of("*.jsonl", "!a.jsonl"), List.of("a/", "!a/a.jsonl"), List.of("a/*", "!a/a.jsonl"),
				List.of("!a/", "a/"), List.of("", "  ", "# nothing", "foo/"), List.of("/**/b.jsonl"), List.of("a**"),
				List.of("**b/"), List.of("größe"), List.of("*/ü.jsonl"), List.of("/"), List.of("!/"), List.of("a//b"),
				List.of("-home-me-app/**/deep/"));
	}

	@TempDir
	private static Path directory;

	@BeforeAll
	static void createFiles() throws IOException, InterruptedException {
		assumeTrue(run("git", "init", "--quiet") == 0, "git is needed to compare with");
		for (String path : PATHS) {
			Path file = directory.resolve(path);
			Files.createDirectories(file.getParent());
			Files.write(file, new byte[0]);
		}
	}

	@ParameterizedTest
	@MethodSource("patterns")
	void meansWhatItMeansToGit(List<String> patterns) throws IOException, InterruptedException {
		assertThat(matches(patterns)).isEqualTo(ignoredByGit(patterns));
	}

	private static Set<String> matches(List<String> patterns) {
		PathPatterns compiled = PathPatterns.of(patterns);
		Set<String> matches = new TreeSet<>(PATHS);
		matches.removeIf((path) -> !compiled.match(path));
		return matches;
	}

	private static Set<String> ignoredByGit(List<String> patterns) throws IOException, InterruptedException {
		Files.write(directory.resolve(".gitignore"), patterns);
		List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false", "-c", "core.excludesFile=",
				"check-ignore", "--no-index", "--"));
		command.addAll(PATHS);
		run(command.toArray(String[]::new));
		return new TreeSet<>(Files.readAllLines(directory.resolve("output"), StandardCharsets.UTF_8));
	}

	private static int run(String... command) throws InterruptedException {
		try {
			return new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("output").toFile())
				.start()
				.waitFor();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	// To git it is a byte.
	@Test
	void aQuestionMarkIsACharacter() {
		assertThat(PathPatterns.of(List.of("-home-gr??e/")).match("-home-größe/a.jsonl")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[a", "a[", "[]", "[!]", "a\\", "[[:digit:]]" })
	void refusesWhatIsNoPatternAndNamesTheLine(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> PathPatterns.of(List.of("# first", pattern)))
			.withMessageContaining("line 2")
			.withMessageContaining(pattern);
	}

	@Test
	void noPatternsMatchNothing() {
		assertThat(PathPatterns.of(List.of("", "# a")).isEmpty()).isTrue();
		assertThat(PathPatterns.of(List.of()).match("a/b.jsonl")).isFalse();
	}

}
