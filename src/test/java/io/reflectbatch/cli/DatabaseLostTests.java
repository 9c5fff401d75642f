package io.reflectbatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees of a process that cannot end by itself since its database is
 * gone.
 */
class DatabaseLostTests {

	@TempDir
	private Path directory;

	@Test
	void endsTheProcessAndSaysWhatToDo() throws Exception {
		Path errors = this.directory.resolve("errors.txt");
		Path last = this.directory.resolve("termination-log");
		ProcessBuilder endless = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), EndlessImport.class.getName(), "endless",
				"--home", this.directory.toString(), "--logs", this.directory.toString());
		endless.environment().put("REFLECT_TERMINATION_LOG", last.toString());
		Process process = endless.redirectError(errors.toFile())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("has ended").isTrue();
			assertThat(process.exitValue()).isEqualTo(ExitCode.FAILED.value());
			assertThat(Files.readAllLines(errors)).hasSize(2)
				.allSatisfy((line) -> assertThat(line).contains(this.directory.toString(), "No space left on device",
						"MB are free there now", "REFLECT_HOME", "run the same command again"));
			assertThat(last).content().startsWith("exit code 1: The database in ");
		}
		finally {
			process.destroyForcibly();
		}
	}

}
