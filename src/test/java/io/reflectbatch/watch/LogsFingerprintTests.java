package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogsFingerprintTests {

	private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

	@TempDir
	private Path logs;

	private LogsFingerprint before = new LogsFingerprint(0, 0);

	@BeforeEach
	void writeLogs() throws IOException {
		write("-a/1.jsonl", "one\n");
		write("-a/1/subagents/agent-2.jsonl", "two\n");
		write("-b/3.jsonl", "three\n");
		this.before = fingerprint();
	}

	@Test
	void isTheSameWhenNothingChanges() throws IOException {
		assertThat(fingerprint()).isEqualTo(this.before);
		assertThat(this.before.files()).isEqualTo(3);
	}

	@Test
	void seesALogThatHasGrown() throws IOException {
		Path log = this.logs.resolve("-a/1.jsonl");
		Files.writeString(log, "more\n", StandardOpenOption.APPEND);
		Files.setLastModifiedTime(log, FileTime.from(TIME));
		assertThat(fingerprint()).isNotEqualTo(this.before);
	}

	@Test
	void seesALogThatWasWrittenAnewWithTheSameSize() throws IOException {
		Files.setLastModifiedTime(this.logs.resolve("-a/1.jsonl"), FileTime.from(TIME.plusNanos(1000)));
		assertThat(fingerprint()).isNotEqualTo(this.before);
	}

	@Test
	void seesNewRenamedAndRemovedLogs() throws IOException {
		write("-c/4.jsonl", "four\n");
		assertThat(fingerprint()).isNotEqualTo(this.before);
		Files.delete(this.logs.resolve("-c/4.jsonl"));
		assertThat(fingerprint()).isEqualTo(this.before);
		Files.move(this.logs.resolve("-a/1.jsonl"), this.logs.resolve("-b/1.jsonl"));
		assertThat(fingerprint()).isNotEqualTo(this.before);
	}

	@Test
	void seesTwoLogsThatChangePlaces() throws IOException {
		write("-c/4.jsonl", "x\n");
		write("-c/5.jsonl", "xx\n");
		LogsFingerprint ordered = fingerprint();
		write("-c/4.jsonl", "xx\n");
		write("-c/5.jsonl", "x\n");
		assertThat(fingerprint()).isNotEqualTo(ordered);
	}

	@Test
	void seesWhatIsToBeIgnoredAndNothingElse() throws IOException {
		write("-a/notes.txt", "x");
		assertThat(fingerprint()).isEqualTo(this.before);
		write("-a/.reflectignore", "x");
		assertThat(fingerprint()).isNotEqualTo(this.before);
	}

	@Test
	void followsLinksButNotInCircles() throws IOException {
		Files.createSymbolicLink(this.logs.resolve("-a/circle"), this.logs);
		assertThat(fingerprint()).isEqualTo(this.before);
	}

	@Test
	void isThatOfNothingWhenThereAreNoLogs() throws IOException {
		assertThat(LogsFingerprint.of(this.logs.resolve("missing"), (directory) -> {
		})).isEqualTo(new LogsFingerprint(0, 0));
	}

	@Test
	void namesEveryDirectory() throws IOException {
		List<String> directories = new ArrayList<>();
		LogsFingerprint.of(this.logs, (directory) -> directories.add(this.logs.relativize(directory).toString()));
		assertThat(directories).containsExactlyInAnyOrder("", "-a", "-a/1", "-a/1/subagents", "-b");
	}

	private LogsFingerprint fingerprint() throws IOException {
		return LogsFingerprint.of(this.logs, (directory) -> {
		});
	}

	private void write(String path, String text) throws IOException {
		Path file = this.logs.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
		Files.setLastModifiedTime(file, FileTime.from(TIME));
	}

}
