package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogChangesTests {

	// macOS looks every few seconds.
	private static final Duration LONG = Duration.ofSeconds(20);

	@TempDir
	private Path logs;

	private final List<String> said = new ArrayList<>();

	private final LogChanges changes = new LogChanges((level, message) -> this.said.add(message));

	@AfterEach
	void close() throws IOException {
		this.changes.close();
	}

	@Test
	void tellsWhenALogGrowsAndWhenADirectoryAppears() throws Exception {
		Path log = Files.createFile(this.logs.resolve("a.jsonl"));
		this.changes.follow(this.logs);
		Files.writeString(log, "x", StandardOpenOption.APPEND);
		assertThat(this.changes.await(LONG)).isTrue();
		Files.createDirectory(this.logs.resolve("-new"));
		assertThat(this.changes.await(LONG)).isTrue();
		assertThat(this.changes.await(Duration.ZERO)).as("said once").isFalse();
		assertThat(this.said).isEmpty();
	}

	@Test
	void followsADirectoryThatIsGoneAndComesBack() throws Exception {
		Path project = Files.createDirectory(this.logs.resolve("-a"));
		follow(project);
		Files.delete(project);
		this.changes.await(Duration.ofSeconds(1));
		this.changes.forgetGone();
		assertThat(this.changes.directories()).isZero();
		Files.createDirectory(project);
		follow(project);
		Files.createFile(project.resolve("1.jsonl"));
		assertThat(this.changes.await(LONG)).isTrue();
	}

	@Test
	void complainsOnceOfWhatCannotBeFollowedAndGoesOn() throws Exception {
		this.changes.follow(this.logs.resolve("missing"));
		this.changes.follow(this.logs.resolve("missing too"));
		assertThat(this.said).hasSize(1).first().asString().contains("only seen at the interval", "missing");
		assertThat(this.changes.await(Duration.ofMillis(1))).isFalse();
	}

	private void follow(Path directory) {
		this.changes.forgetGone();
		this.changes.follow(directory);
	}

}
