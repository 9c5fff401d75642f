package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.reflectbatch.conversation.TokenCounter;
import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.ledger.Coverage;
import io.reflectbatch.ledger.ExecutionCounts;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.PlannedFileProgress;
import io.reflectbatch.ledger.WorkList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

import static io.reflectbatch.importing.LogDirectory.assistant;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every file and every execution says how much of the messages can be found.
 */
class ImportCoverageTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String PARITY = "reflect.chunking.strategy=messages";

	private static final int WINDOW = 256 - 2;

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLog() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(FILE, user("u1", "How long is a piece of string? ".repeat(70)),
				assistant("u2", "As long as you like. ".repeat(90)), user("u3", "Thanks!"));
	}

	@Test
	void isMeasuredWhereChunksAreLongerThanTheWindow() throws IOException {
		try (TestApplication application = start(PARITY)) {
			Coverage expected = new Coverage(WINDOW, tokens(application.run().getLast(), application));
			assertThat(coverage(application)).isEqualTo(expected);
			assertThat(expected.share()).isLessThan(0.25);
			this.logs.append(FILE, user("u4", "One more thing."));
			Coverage grown = new Coverage(WINDOW, tokens(application.run().getLast(), application));
			assertThat(coverage(application)).as("the open chunk counts once").isEqualTo(grown);
		}
	}

	// The texts of the store, by the counter that cuts windows: not what was embedded.
	private static long tokens(JobExecution execution, TestApplication application) {
		TokenCounter counter = TestBeans.model(new EmbeddingProperties(Precision.INT8, 256, DataSize.ofBytes(0), null))
			.tokenCounter();
		long tokens = application.texts("session").stream().mapToLong((text) -> counter.tokenEnds(text).length).sum();
		ExecutionCounts done = application.bean(ExecutionLog.class)
			.of(execution.getJobInstanceId())
			.getOrDefault(execution.getId(), ExecutionCounts.NONE);
		assertThat(done.messageTokens()).isEqualTo(tokens);
		assertThat(done.tokens()).isEqualTo(WINDOW);
		List<PlannedFileProgress> files = application.bean(WorkList.class).progress(execution.getJobInstanceId());
		assertThat(files).singleElement().extracting(PlannedFileProgress::messageTokens).isEqualTo(tokens);
		return tokens;
	}

	@Test
	void isCompleteWithWindows() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.texts("session")).hasSizeGreaterThan(3);
			assertThat(coverage(application).share()).isEqualTo(1);
			assertThat(coverage(application).messageTokens()).isGreaterThan(3 * WINDOW);
		}
	}

	@Test
	void isNotKnownOfWhatAnEarlierVersionImportedUntilThatIsImportedAgain() throws IOException {
		Coverage counted;
		try (TestApplication application = start()) {
			application.importNew();
			counted = coverage(application);
			application.bean(JdbcClient.class).sql("""
					update conversation_file set tokens = null, message_tokens = null, last_tokens = null,
					  last_message_tokens = null""").update();
			assertThat(application.file(FILE).coverage()).isNull();
			this.logs.append(FILE, "{\"type\":\"system\",\"content\":\"x\"}");
			application.importNew();
			assertThat(application.file(FILE).coverage()).as("grown").isNull();
		}
		try (TestApplication application = start("reflect.run.reimport=true")) {
			application.importNew();
			assertThat(coverage(application)).isEqualTo(counted);
		}
	}

	private static Coverage coverage(TestApplication application) {
		return Objects.requireNonNull(application.file(FILE).coverage()).all();
	}

	private TestApplication start(String... options) {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root(), options);
	}

}
