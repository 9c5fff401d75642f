package io.reflectbatch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.conversation.SyntheticLogs;
import io.reflectbatch.store.qdrant.QdrantServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The home directory of somebody who has a few logs, and the state file of the Python
 * importer where the documentation has it.
 */
final class Sandbox {

	private static final int MINUTES = 5;

	private static final String QDRANT = "http://localhost:6333";

	private static final List<String> OURS = List.of("REFLECT_", "QDRANT_", "XDG_", "LOGS_DIR", "STATE_FILE",
			"BATCH_SIZE");

	private final Path home;

	Sandbox(Path home) {
		this.home = home;
	}

	/**
	 * Runs commands in a shell until one fails.
	 * @param commands the commands; Qdrant's usual address is that of the tests' server
	 */
	Finished run(List<String> commands) throws IOException, InterruptedException {
		if (Files.notExists(this.home)) {
			fill();
		}
		String script = String.join("\n", commands);
		Path output = this.home.resolve("output");
		Process process = shell(
				script.contains(QDRANT) ? script.replace(QDRANT, QdrantServer.shared().url().toString()) : script)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		process.getOutputStream().close();
		try {
			assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("%s has ended", script).isTrue();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		return new Finished(process.exitValue(), Files.readString(output));
	}

	private ProcessBuilder shell(String script) {
		ProcessBuilder builder = new ProcessBuilder("sh", "-euc", script);
		Map<String, String> environment = builder.environment();
		environment.keySet().removeIf((name) -> OURS.stream().anyMatch(name::startsWith));
		environment.put("HOME", this.home.toString());
		// Java takes the home directory from the user database, not from HOME.
		environment.put("REFLECT_JAVA_OPTS", "-Duser.home=" + this.home);
		return builder;
	}

	private void fill() throws IOException {
		Path logs = this.home.resolve(".claude/projects");
		SyntheticLogs.seeded(1).projects(2).filesPerProject(2).linesPerFile(30).writeTo(logs);
		Path state = this.home.resolve(".claude-self-reflect/config/imported-files.json");
		Files.createDirectories(state.getParent());
		try (Stream<Path> files = Files.find(logs, 2, (file, attributes) -> file.toString().endsWith(".jsonl"))) {
			Files.writeString(state, files.map((file) -> stateFileEntry(logs, file))
				.collect(Collectors.joining(",\n", "{\"imported_files\": {\n", "\n}}\n")));
		}
	}

	private static String stateFileEntry(Path logs, Path file) {
		return String.format(Locale.ROOT,
				"\"/logs/%s\": {\"last_modified\": %f, \"last_imported\": %f, \"chunks_imported\": 1}",
				logs.relativize(file), file.toFile().lastModified() / 1000.0, file.toFile().lastModified() / 1000.0);
	}

	/**
	 * What came of it.
	 *
	 * @param exitCode that of the first command that failed, or 0
	 * @param output all that was printed
	 */
	record Finished(int exitCode, String output) {

	}

}
