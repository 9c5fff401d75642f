package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What cannot be brought about in the file system, where root may read everything.
 */
class LogVisitorTests {

	private static final Path LOGS = Path.of("/logs");

	private final LogVisitor visitor = new LogVisitor(LOGS, false);

	@Test
	void reportsWhatCannotBeRead() throws IOException {
		fail("-a", new AccessDeniedException("x"));
		fail("-a/s.jsonl", new NoSuchFileException("x"));
		fail("-a/s/subagents", new IOException("device gone"));
		assertThat(this.visitor.problems()).containsExactly(problem("-a", "permission denied"),
				problem("-a/s.jsonl", "it disappeared while the logs were listed"),
				problem("-a/s/subagents", "device gone"));
	}

	@Test
	void doesNotCareForDirectoriesWithoutTranscripts() throws IOException {
		fail("-a/s/tool-results", new AccessDeniedException("x"));
		assertThat(this.visitor.problems()).isEmpty();
	}

	@Test
	void failsWhenTheLogsDirectoryItselfCannotBeRead() {
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> this.visitor.visitFileFailed(LOGS, new AccessDeniedException("x")));
	}

	private void fail(String name, IOException failure) throws IOException {
		this.visitor.visitFileFailed(LOGS.resolve(name), failure);
	}

	private static LogListing.Problem problem(String name, String reason) {
		return new LogListing.Problem(LOGS.resolve(name), reason);
	}

}
