package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What log messages are about.
 */
class LogContextTests {

	@TempDir
	private Path directory;

	@Test
	void messagesOfAWorkerNameTheExecutionAndTheFileItHasInHand() throws IOException {
		Path logs = new LogDirectory(this.directory.resolve("logs")).write("-p/a.jsonl", conversation("a", 0, 25))
			.root();
		Map<String, String> about = new ConcurrentHashMap<>();
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs)) {
			application.store().beforeUpsert(1, () -> about.putAll(MDC.getCopyOfContextMap()));
			application.importNew();
			assertThat(about)
				.containsExactlyInAnyOrderEntriesOf(Map.of(LogContext.EXECUTION, "1", LogContext.FILE, "-p/a.jsonl"));
			assertThat(MDC.get(LogContext.EXECUTION)).as("after the execution").isNull();
			assertThat(MDC.get(LogContext.FILE)).as("after the execution").isNull();
		}
	}

	@Test
	void messagesOfOtherThreadsNameTheExecutionAsLongAsItRuns() throws Exception {
		Path logs = new LogDirectory(this.directory.resolve("logs")).write("-p/a.jsonl", conversation("a", 0, 5))
			.root();
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs)) {
			LogContext log = application.bean(LogContext.class);
			CompletableFuture<String> during = new CompletableFuture<>();
			application.store().beforeUpsert(1, () -> during.complete(executionInAnotherThread(log)));
			application.importNew();
			assertThat(during).isCompletedWithValue("1");
			assertThat(executionInAnotherThread(log)).isEqualTo("none");
		}
	}

	private static String executionInAnotherThread(LogContext log) {
		return CompletableFuture.supplyAsync(() -> {
			log.enter();
			String execution = MDC.get(LogContext.EXECUTION);
			return (execution != null) ? execution : "none";
		}).join();
	}

}
