package io.reflectbatch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.reflectbatch.docs.MarkdownDocument.CodeBlock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever copies a command from the documentation gets what the documentation says: every
 * shell block is run, from the project's directory as its reader does, in the order of
 * the document; all of one document in the home directory of somebody who has a few logs.
 */
@DisabledOnOs(OS.WINDOWS)
class DocumentedCommandsIT {

	/**
	 * The beginnings of commands that are not run here, and why.
	 */
	private static final Map<String, String> NOT_RUN = Map.of("./mvnw verify", "this test is a part of it",
			"./reflect watch", "it runs until it is stopped; WatchIT does that");

	@TempDir
	private static Path temporary;

	@BeforeAll
	static void keepTheLauncherFromBuilding() throws IOException {
		// Maven leaves a jar alone that would not change; for the launcher it may then be
		// older than a source.
		Files.setLastModifiedTime(Path.of("target/reflect-batch.jar"), FileTime.from(Instant.now()));
	}

	@TestFactory
	Stream<DynamicContainer> commandsOfDocuments() throws IOException {
		return MarkdownDocument.all().stream().map((document) -> {
			Sandbox sandbox = new Sandbox(temporary.resolve(document.toString().replaceAll("\\W", "-")));
			return DynamicContainer.dynamicContainer(document.toString(),
					document.codeBlocks()
						.stream()
						.filter(CodeBlock::isShell)
						.map((block) -> DynamicTest.dynamicTest("line " + block.line(), () -> run(block, sandbox))));
		});
	}

	private static void run(CodeBlock block, Sandbox sandbox) throws IOException, InterruptedException {
		List<String> commands = block.commands().stream().filter(DocumentedCommandsIT::isRun).toList();
		if (commands.isEmpty()) {
			return;
		}
		Sandbox.Finished finished = sandbox.run(commands);
		assertThat(finished.exitCode()).as("exit code of%n%s%nwhich printed%n%s", block.text(), finished.output())
			.isZero();
		assertThat(shapes(finished.output().lines())).as("all that was printed")
			.containsAll(shapes(block.output().stream()));
	}

	private static boolean isRun(String command) {
		return NOT_RUN.keySet().stream().noneMatch(command::startsWith);
	}

	/**
	 * What is left of lines when numbers, times and columns do not count.
	 */
	private static List<String> shapes(Stream<String> lines) {
		return lines
			.map((line) -> line.replaceAll("[0-9][0-9.,:-]*", "0")
				.replaceAll("(0 (min|h) )*0 (ms|s|min|h)\\b", "0 s")
				.replaceAll("\\s+", " ")
				.strip())
			.toList();
	}

	@Test
	void whatIsNotRunIsInTheDocuments() throws IOException {
		List<String> commands = MarkdownDocument.all()
			.stream()
			.flatMap((document) -> document.codeBlocks().stream())
			.filter(CodeBlock::isShell)
			.flatMap((block) -> block.commands().stream())
			.toList();
		assertThat(NOT_RUN.keySet())
			.allSatisfy((beginning) -> assertThat(commands).anyMatch((command) -> command.startsWith(beginning)));
	}

}
