package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of the logs an import reads, as Java Flight Recorder sees it.
 */
class FilesReadTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final int MESSAGES = 3000;

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void importLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(FILE, LogDirectory.conversation("session", 0, 5));
		this.logs.write("-home-dev-app/other.jsonl", LogDirectory.conversation("other", 0, 3));
	}

	@Test
	void readsNothingWhenNothingIsNew() throws IOException {
		try (TestApplication application = start()) {
			assertThat(bytesRead(application)).as("at first").isPositive();
			assertThat(bytesRead(application)).isZero();
			assertThat(application.store().points()).isEqualTo(2);
		}
	}

	@Test
	void hashesAFileThatHasGrownTwiceAndReadsItFromTheBookmark() throws IOException {
		String[] silent = new String[MESSAGES];
		Arrays.fill(silent, "{\"type\":\"system\",\"content\":\"" + "x".repeat(100) + "\"}");
		this.logs.write(FILE, silent).append(FILE, LogDirectory.conversation("session", 0, 5));
		try (TestApplication application = start()) {
			application.importNew();
			long before = Files.size(this.logs.path(FILE));
			this.logs.append(FILE, LogDirectory.conversation("session", 5, 1));
			long read = bytesRead(application);
			// Whether it is the file that is known, and what it is known by from now on.
			assertThat(read).isBetween(2 * before, 2 * before + before / 2);
		}
	}

	private TestApplication start() {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root());
	}

	private long bytesRead(TestApplication application) throws IOException {
		Path file = this.directory.resolve("recording.jfr");
		try (Recording recording = new Recording()) {
			recording.enable("jdk.FileRead").withThreshold(Duration.ZERO);
			recording.start();
			application.importNew();
			recording.stop();
			recording.dump(file);
		}
		List<RecordedEvent> events = RecordingFile.readAllEvents(file);
		return events.stream()
			.filter((event) -> event.getEventType().getName().equals("jdk.FileRead"))
			.filter((event) -> String.valueOf(event.getString("path")).startsWith(this.logs.root().toString()))
			.mapToLong((event) -> event.getLong("bytesRead"))
			.sum();
	}

}
