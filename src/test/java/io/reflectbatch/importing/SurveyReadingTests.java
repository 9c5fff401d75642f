package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.LogTruncatedException;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.Survey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SurveyReading}.
 */
class SurveyReadingTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	/**
	 * More than are read ahead.
	 */
	private static final int MESSAGES = 1234;

	@TempDir
	Path directory;

	private final ThreadPoolTaskExecutor thread = new ThreadPoolTaskExecutor();

	private LogDirectory logs = new LogDirectory(Path.of(""));

	private TestApplication application;

	@BeforeEach
	void start() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(FILE, LogDirectory.conversation("session", 0, MESSAGES)).append(FILE, "no JSON");
		this.application = TestApplication.start(this.directory.resolve("home"), this.logs.root());
		this.thread.setCorePoolSize(1);
		this.thread.initialize();
	}

	@AfterEach
	void stop() {
		this.thread.shutdown();
		this.application.close();
	}

	@Test
	void readsAllLinesInTheirOrder() throws IOException {
		List<Long> offsets = new ArrayList<>();
		int problems = 0;
		try (SurveyReading reading = read(Files.size(this.logs.path(FILE)))) {
			for (SurveyReading.Batch batch = reading.next(); batch != null; batch = reading.next()) {
				batch.messages().forEach((message) -> offsets.add(message.offset()));
				problems += batch.problems().size();
			}
			assertThat(reading.summary().line()).isEqualTo(MESSAGES + 2);
		}
		assertThat(offsets).hasSize(MESSAGES).isSorted().doesNotHaveDuplicates();
		assertThat(problems).isEqualTo(1);
	}

	@Test
	void endsWhereTheFileCannotBeRead() throws IOException {
		try (SurveyReading reading = read(Files.size(this.logs.path(FILE)) + 1)) {
			int messages = 0;
			for (SurveyReading.Batch batch = reading.next(); batch != null; batch = reading.next()) {
				messages += batch.messages().size();
			}
			assertThat(messages).isLessThanOrEqualTo(MESSAGES);
			assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(reading::summary);
		}
	}

	@Test
	void waitsBeforeItIsFarAheadAndGivesItsThreadBackWhenItIsClosed()
			throws IOException, InterruptedException, ExecutionException, TimeoutException {
		SurveyReading reading = read(Files.size(this.logs.path(FILE)));
		assertThat(reading.next()).isNotNull();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> probe().get(1, TimeUnit.SECONDS));
		reading.close();
		assertThat(probe().get(1, TimeUnit.MINUTES)).isEqualTo("free");
	}

	private Future<String> probe() {
		return this.thread.submit(() -> "free");
	}

	private SurveyReading read(long size) {
		KnownFile known = this.application.bean(FileLedger.class)
			.register(new ConversationFile(this.logs.path(FILE), "-home-dev-app", "session", false), FILE,
					this.logs.root().toString());
		return new SurveyReading(known, known.in(this.logs.root().toString()), Survey.NONE, size,
				this.application.bean(Chunking.class), this.thread);
	}

}
