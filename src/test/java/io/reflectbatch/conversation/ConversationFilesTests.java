package io.reflectbatch.conversation;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class ConversationFilesTests {

	@TempDir
	Path directory;

	private Path logs;

	@BeforeEach
	void createLogs() throws IOException {
		this.logs = Files.createDirectory(this.directory.resolve("logs"));
	}

	@Test
	void listsSessionsAndSubagentsByProjectAndPath() throws IOException {
		write("-b/2.jsonl");
		write("-b/1.jsonl");
		write("-a/s.jsonl");
		write("-a/agent-f1.jsonl");
		write("-a/s/subagents/agent-2.jsonl");
		write("-a/s/subagents/deeper/still/agent-3.jsonl");
		assertThat(list(false).files()).extracting((listed) -> name(listed.file().path()))
			.containsExactly("-a/agent-f1.jsonl", "-a/s.jsonl", "-a/s/subagents/agent-2.jsonl",
					"-a/s/subagents/deeper/still/agent-3.jsonl", "-b/1.jsonl", "-b/2.jsonl");
		assertThat(list(false).files()).extracting((listed) -> listed.file().conversationId())
			.containsExactly("agent-f1", "s", "agent-2", "agent-3", "1", "2");
		assertThat(list(false).files()).extracting((listed) -> listed.file().sidechain())
			.containsExactly(true, false, true, true, false, false);
		assertThat(list(false).files()).extracting((listed) -> listed.file().project())
			.containsExactly("-a", "-a", "-a", "-a", "-b", "-b");
	}

	@Test
	void listsTheTopLevelOnlyAsTheReferenceDoes() throws IOException {
		write("-a/s.jsonl");
		write("-a/journal.jsonl");
		write("-a/agent-1.jsonl");
		write("-a/s/subagents/agent-2.jsonl");
		assertThat(list(true).files()).extracting((listed) -> name(listed.file().path()))
			.containsExactly("-a/agent-1.jsonl", "-a/journal.jsonl", "-a/s.jsonl");
	}

	@Test
	void leavesOutWhatIsNoTranscript() throws IOException {
		write("stray.jsonl");
		write("-a/sessions-index.json");
		write("-a/journal.jsonl");
		write("-a/memory/notes.md");
		write("-a/s/tool-results/agent-1.jsonl");
		write("-a/s/subagents/journal.jsonl");
		write("-a/s/subagents/agent-1.meta.json");
		write("-a/s/other.jsonl");
		Files.createDirectories(this.logs.resolve("-a/directory.jsonl"));
		assertThat(list(false).files()).isEmpty();
		assertThat(list(false).problems()).isEmpty();
		assertThat(list(true).files()).extracting((listed) -> listed.file().conversationId())
			.containsExactly("journal");
	}

	@Test
	void tellsSizeAndModificationTimeToTheNanosecond() throws IOException {
		Path file = write("-a/s.jsonl");
		Instant modified = Instant.parse("2025-07-30T03:37:23.123456789Z");
		Files.setLastModifiedTime(file, FileTime.from(modified));
		Instant kept = Files.getLastModifiedTime(file).toInstant();
		assertThat(list(false).files())
			.containsExactly(new ListedFile(new ConversationFile(file, "-a", "s", false), Files.size(file), kept));
	}

	@Test
	void followsLinksButNotInCircles() throws IOException {
		Path outside = Files.writeString(this.directory.resolve("outside"), "{}\n");
		write("-a/s/subagents/agent-1.jsonl");
		Files.createSymbolicLink(this.logs.resolve("-a/linked.jsonl"), outside);
		Files.createSymbolicLink(this.logs.resolve("-a/gone.jsonl"), this.directory.resolve("nowhere"));
		Files.createSymbolicLink(this.logs.resolve("-a/s/subagents/loop"), this.logs);
		Files.createSymbolicLink(this.logs.resolve("-b"), this.logs.resolve("-a"));
		LogListing listing = list(false);
		assertThat(listing.files()).extracting((listed) -> name(listed.file().path()))
			.containsExactly("-a/linked.jsonl", "-a/s/subagents/agent-1.jsonl", "-b/linked.jsonl",
					"-b/s/subagents/agent-1.jsonl");
		assertThat(listing.files().getFirst().size()).isEqualTo(3);
		assertThat(listing.problems()).isNotEmpty()
			.allSatisfy((problem) -> assertThat(problem.reason()).contains("leads back"));
	}

	@Test
	void leavesOutAPipeWhichWouldBeReadForEver() throws IOException, InterruptedException {
		Path pipe = write("-a/1.jsonl").resolveSibling("pipe.jsonl");
		assumeThat(shell("mkfifo \"$1\"", pipe)).as("pipes can be made here").isZero();
		assertThat(list(false).files()).extracting((listed) -> name(listed.file().path()))
			.containsExactly("-a/1.jsonl");
	}

	@Test
	void leavesOutASocket() throws IOException {
		Path socket = write("-a/1.jsonl").resolveSibling("s.jsonl");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));
			assertThat(list(false).files()).extracting((listed) -> name(listed.file().path()))
				.containsExactly("-a/1.jsonl");
		}
	}

	@Test
	void reportsAFileWhosePathIsNotUtf8() throws IOException, InterruptedException {
		Path named = write("-a/1.jsonl");
		assumeThat(shell("cp \"$1\" \"$(dirname \"$1\")/$(printf 'b\\377.jsonl')\"", named))
			.as("such a name is possible")
			.isZero();
		LogListing listing = list(false);
		assertThat(listing.files()).extracting((listed) -> name(listed.file().path())).containsExactly("-a/1.jsonl");
		assertThat(listing.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.reason()).contains("not UTF-8", "rename"));
	}

	@Test
	void reportsADirectoryThatCannotBeReadAndGoesOn() throws IOException {
		write("-a/1.jsonl");
		write("-b/2.jsonl");
		Path closed = this.logs.resolve("-a");
		Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
		try {
			assumeThat(Files.isReadable(closed)).as("root reads everything").isFalse();
			LogListing listing = list(false);
			assertThat(listing.files()).extracting((listed) -> name(listed.file().path()))
				.containsExactly("-b/2.jsonl");
			assertThat(listing.problems()).containsExactly(new LogListing.Problem(closed, "permission denied"));
		}
		finally {
			Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
		}
	}

	@Test
	void failsWithoutALogsDirectory() throws IOException {
		Path missing = this.directory.resolve("missing");
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> ConversationFiles.below(missing, false))
			.withMessageContaining("missing: the logs directory does not exist");
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> ConversationFiles.below(file, false));
	}

	private LogListing list(boolean topLevelOnly) throws IOException {
		return ConversationFiles.below(this.logs, topLevelOnly);
	}

	private static int shell(String command, Path argument) throws IOException, InterruptedException {
		return new ProcessBuilder("sh", "-c", command, "sh", argument.toString()).start().waitFor();
	}

	private Path write(String name) throws IOException {
		Path file = this.logs.resolve(name);
		Path parent = file.getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		return Files.writeString(file, "{}\n");
	}

	private String name(Path file) {
		return this.logs.relativize(file).toString();
	}

}
