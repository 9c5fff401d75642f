package io.reflectbatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.reflectbatch.ReflectBatchApplication;
import io.reflectbatch.conversation.SyntheticLogs;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in the profile of a run.
 */
class FlightRecordingTests {

	private static final String BATCH = "org.springframework.batch.core.observability.jfr.events.";

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path directory;

	@Test
	void theProfileOfAnImportHasTheEventsOfSpringBatchAndNoSecrets() throws IOException {
		Path logs = this.directory.resolve("logs");
		SyntheticLogs.seeded(1).projects(1).filesPerProject(1).linesPerFile(10).writeTo(logs);
		Path profile = Files.createFile(this.directory.resolve("run.jfr"));
		CommandLine commandLine = ReflectCommand.commandLine(new ApplicationStarter(ReflectBatchApplication.class,
				Map.of("REFLECT_HOME", this.directory.resolve("home").toString())));
		commandLine.setErr(new PrintWriter(this.err, true));
		commandLine.setOut(new PrintWriter(new StringWriter()));
		assertThat(commandLine.execute("import", "--logs", logs.toString(), "--profile", profile.toString())).isZero();
		assertThat(this.err.toString()).contains("Profile: " + profile);

		Set<String> events = RecordingFile.readAllEvents(profile)
			.stream()
			.map(RecordedEvent::getEventType)
			.map((type) -> type.getName())
			.collect(Collectors.toSet());
		assertThat(events).contains(BATCH + "job.JobExecutionEvent", BATCH + "step.StepExecutionEvent",
				BATCH + "step.chunk.ChunkTransactionEvent", BATCH + "step.chunk.ChunkWriteEvent",
				BATCH + "step.chunk.ItemReadEvent", BATCH + "step.chunk.ItemProcessEvent",
				BATCH + "step.partition.PartitionSplitEvent", BATCH + "step.tasklet.TaskletExecutionEvent",
				"jdk.ActiveRecording");
		assertThat(events).doesNotContain("jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty",
				"jdk.SystemProcess");
		if (System.getProperty("os.name").equals("Linux") && Runtime.version().feature() >= 25) {
			assertThat(events).contains("jdk.CPUTimeSample");
		}
	}

}
