package io.reflectbatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a run ends: the last line of its log, and the message for Kubernetes.
 */
class RunEndTests {

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path directory;

	private Path usual;

	private Path logs;

	@BeforeEach
	void createFiles() throws IOException {
		this.usual = Files.createFile(this.directory.resolve("termination-log"));
		this.logs = Files.createDirectory(this.directory.resolve("logs"));
	}

	@Test
	void hasTheExitCodeTheExecutionAndWhatHappened() {
		RunEnd end = new RunEnd();
		end.execution(12, "Failed execution 12: 1 of 2 files");
		end.failure("Qdrant is gone");
		assertThat(end.line(4))
			.hasToString("exit code 4, execution 12: Failed execution 12: 1 of 2 files. Qdrant is gone");
	}

	@Test
	void isOneLineWhateverHappened() {
		RunEnd end = new RunEnd();
		end.failure("a is wrong\nb is wrong\nc is wrong");
		assertThat(end.line(2)).hasToString("exit code 2: a is wrong (and 2 more lines above)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			import --nope             | exit code 2: Unknown option: '--nope'
			import --workers many     | exit code 2: --workers is 'many'; expected a whole number from 0 to 256
			run missing.yaml          | exit code 2: The job file
			restart                   | exit code 2: Missing required parameter: 'ID'
			import --metrics-file a.b | exit code 2: --metrics-file is 'a.b'; expected a file whose name ends with .prom
			""")
	void mistakesEndARunLikeEverythingElse(String arguments, String expected) throws IOException {
		assertThat(execute(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), arguments.split(" "))).isEqualTo(2);
		assertThat(this.err.toString().lines().toList().getLast()).startsWith("reflect: " + expected);
		assertThat(Files.readString(this.usual)).startsWith(expected).endsWith("\n");
		assertThat(Files.readAllLines(this.usual)).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "history --nope", "--version", "import --help", "impot" })
	void whatRunsNoJobLeavesTheMessageOfTheContainerAlone(String arguments) {
		execute(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), arguments.split(" "));
		assertThat(this.usual).isEmptyFile();
		assertThat(this.err.toString()).doesNotContain("exit code");
	}

	@Test
	void outsideOfKubernetesNothingIsWritten() {
		execute(Map.of(), "import", "--nope");
		assertThat(this.usual).isEmptyFile();
	}

	@Test
	void theTerminationLogMayBeElsewhere() {
		Path elsewhere = this.directory.resolve("elsewhere");
		execute(Map.of("REFLECT_TERMINATION_LOG", elsewhere.toString()), "import", "--nope");
		assertThat(elsewhere).content().startsWith("exit code 2");
		assertThat(this.usual).isEmptyFile();
	}

	@Test
	void aTerminationLogThatCannotBeWrittenIsSaid() {
		assertThat(execute(Map.of("REFLECT_TERMINATION_LOG", this.logs.toString()), "import", "--nope")).isEqualTo(2);
		assertThat(this.err.toString()).contains("The termination log was not written", this.logs.toString());
	}

	@Test
	void aLongMessageIsCutWhereKubernetesDoesAndNotInsideACharacter() throws IOException {
		TerminationLog.in(Map.of("REFLECT_TERMINATION_LOG", this.usual.toString()), this.usual)
			.write("x" + "ß".repeat(4000));
		assertThat(Files.readString(this.usual)).isEqualTo("x" + "ß".repeat(2047));
	}

	@Test
	void aProfileThatCannotBeWrittenIsAMistake() throws IOException {
		Path text = Files.writeString(this.directory.resolve("job.yaml"), "reflect:");
		assertProfileRefused(this.directory, "is a directory");
		assertProfileRefused(this.directory.resolve("gone/run.jfr"), "does not exist");
		assertProfileRefused(text, "is a file, but no recording; it is not overwritten");
		assertThat(text).content().isEqualTo("reflect:");
	}

	private void assertProfileRefused(Path file, String why) {
		assertThatExceptionOfType(UsageException.class)
			.isThrownBy(() -> FlightRecording.start(file, new Notices(new PrintWriter(this.err))).close())
			.withMessageContaining("--profile " + file)
			.withMessageContaining(why);
	}

	private int execute(Map<String, String> variables, String... arguments) {
		CommandLine commandLine = ReflectCommand
			.commandLine(new ApplicationStarter(SettingsOnly.class, Map.of("REFLECT_HOME", this.directory.toString())));
		commandLine.setErr(new PrintWriter(this.err, true));
		commandLine.setOut(new PrintWriter(new StringWriter()));
		return ReflectCommand.conclude(commandLine, commandLine.execute(arguments),
				TerminationLog.in(variables, this.usual));
	}

}
