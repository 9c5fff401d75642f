package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.conversation.ConversationFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
		assertThat(fingerprint()).as("is read in the logs directory only").isEqualTo(this.before);
		write(".reflectignore", "x");
		assertThat(fingerprint()).isNotEqualTo(this.before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stray.jsonl", "-c/s.jsonl", "-c/agent-1.jsonl", "-c/journal.jsonl", "-c/notes.md",
			"-c/s/other.jsonl", "-c/s/agent-1.jsonl", "-c/s/tool-results/agent-1.jsonl",
			"-c/s/tool-results/subagents/agent-1.jsonl", "-c/s/subagents/agent-1.jsonl",
			"-c/s/subagents/agent-1.meta.json", "-c/s/subagents/journal.jsonl",
			"-c/s/subagents/deeper/still/agent-1.jsonl", "-c/subagents/agent-1.jsonl" })
	void seesAFileIfAnImportOfSomeLayoutListsIt(String path) throws IOException {
		write(path, "x");
		assertThat(!fingerprint().equals(this.before)).isEqualTo(isListed(path));
	}

	private boolean isListed(String path) throws IOException {
		for (boolean topLevelOnly : new boolean[] { false, true }) {
			if (ConversationFiles.below(this.logs, topLevelOnly)
				.files()
				.stream()
				.anyMatch((listed) -> listed.file().path().equals(this.logs.resolve(path)))) {
				return true;
			}
		}
		return false;
	}

	@Test
	void leavesOutALinkThatLeadsNowhere() throws IOException {
		Files.createSymbolicLink(this.logs.resolve("-a/gone.jsonl"), this.logs.resolve("nowhere"));
		assertThat(fingerprint()).isEqualTo(this.before);
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
	void namesTheDirectoriesThatAnImportLooksInto(@TempDir Path elsewhere) throws IOException {
		Files.createDirectories(elsewhere.resolve("one/two"));
		Files.createSymbolicLink(this.logs.resolve("-b/linked"), elsewhere);
		write("-a/1/tool-results/deeper/text.txt", "x");
		write("-a/1/subagents/deeper/agent-4.jsonl", "x");
		List<String> directories = new ArrayList<>();
		LogsFingerprint.of(this.logs, (directory) -> directories.add(this.logs.relativize(directory).toString()));
		assertThat(directories).containsExactlyInAnyOrder("", "-a", "-a/1", "-a/1/subagents", "-a/1/subagents/deeper",
				"-b", "-b/linked");
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
