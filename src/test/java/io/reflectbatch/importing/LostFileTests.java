package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.reflectbatch.ledger.WorkTotals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that disappear or shrink after they were planned and before they are read do not
 * hold up the others, and the next import puts things right.
 */
@ExtendWith(OutputCaptureExtension.class)
class LostFileTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String OTHER = "-home-dev-app/other.jsonl";

	private static final String[] SETTINGS = { "reflect.chunking.strategy=messages", "reflect.chunking.messages=2",
			"reflect.run.commit-interval=1", "reflect.run.workers=1" };

	/** So much that a reader has not buffered what comes behind it. */
	private static final String PADDING = "{\"type\":\"system\",\"content\":\"" + "x".repeat(400_000) + "\"}";

	@TempDir
	Path directory;

	private Path home = Path.of("");

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void prepare() {
		this.home = this.directory.resolve("home");
		this.logs = new LogDirectory(this.directory.resolve("logs"));
	}

	@Test
	void warnsOfALogsDirectoryWithoutLogs(CapturedOutput output) throws IOException {
		Files.createDirectories(this.logs.path("-home-dev-app"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(output).containsOnlyOnce("WARN").contains("There is no conversation log in " + this.logs.root());
			this.logs.write(FILE, conversation("s", 0, 3));
			application.importNew();
			assertThat(output).containsOnlyOnce("WARN");
		}
	}

	@Test
	void leavesOutAFileThatWasDeleted(CapturedOutput output) throws IOException {
		this.logs.write(FILE, conversation("s", 0, 3)).write(OTHER, conversation("o", 0, 3));
		try (TestApplication application = start()) {
			failBeforeAnythingIsWritten(application);
			this.logs.delete(FILE);
			List<JobExecution> executions = application.run();
			assertThat(executions).hasSize(2).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.totals(executions.getFirst()))
				.extracting(WorkTotals::files, WorkTotals::filesFinished)
				.containsExactly(2, 1);
			assertThat(output).containsOnlyOnce("WARN")
				.contains("Left out " + this.logs.path(FILE)
						+ ", which the next import reads again: it has been deleted");
			assertThat(application.texts("other")).hasSize(2);
			assertThat(application.importNew().files()).isZero();
			this.logs.write(FILE, conversation("s", 0, 3));
			assertThat(application.importNew().filesFinished()).isEqualTo(1);
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void keepsWhatIsInTheStoreOfAGrownFileThatWasDeleted() throws IOException {
		this.logs.write(FILE, conversation("s", 0, 3)).write(OTHER, conversation("o", 0, 3));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(FILE, conversation("s", 3, 2));
			failBeforeAnythingIsWritten(application);
			this.logs.delete(FILE);
			application.run();
			assertThat(application.texts("session")).hasSize(2);
			this.logs.write(FILE, conversation("s", 0, 5));
			application.importNew();
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void leavesOutAFileThatShrinksWhileItIsRead(CapturedOutput output) throws IOException {
		this.logs.write(FILE, conversation("s", 0, 2)).append(FILE, PADDING).append(FILE, conversation("s", 2, 4));
		this.logs.write(OTHER, conversation("o", 0, 3));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.write(FILE, conversation("r", 0, 2)).append(FILE, PADDING).append(FILE, conversation("r", 2, 4));
			application.store().afterUpsert(6, () -> truncate(FILE, size(conversation("r", 0, 2))));
			WorkTotals totals = application.importNew();
			assertThat(totals).extracting(WorkTotals::files, WorkTotals::filesFinished).containsExactly(1, 0);
			assertThat(output).containsOnlyOnce("WARN").contains("Left out " + this.logs.path(FILE), "was cut");
			assertThat(application.importNew().filesFinished()).isEqualTo(1);
			assertThat(application.texts("session")).hasSize(1);
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void importsAgainAFileThatShrankToWhatItWas() throws IOException {
		this.logs.write(FILE, conversation("s", 0, 3));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(FILE, conversation("s", 3, 1)).append(FILE, PADDING).append(FILE, conversation("s", 4, 4));
			application.store().afterUpsert(3, () -> truncate(FILE, size(conversation("s", 0, 3))));
			assertThat(application.importNew().filesFinished()).isZero();
			assertThat(application.texts("session").getLast()).endsWith("Message 3 of s");
			assertThat(application.importNew().filesFinished()).isEqualTo(1);
			assertThat(application.texts("session").getLast()).endsWith("Message 2 of s");
			assertLikeAFreshImport(application);
		}
	}

	@Test
	void aCopySpeaksForItselfWhenTheFileOfItsMessageIsLost() throws IOException {
		this.logs.write(OTHER, user("u1", "shared"));
		this.logs.write(FILE, user("u1", "shared"), user("u2", "of its own"));
		try (TestApplication application = TestApplication.start(this.home, this.logs.root())) {
			failBeforeAnythingIsWritten(application);
			this.logs.delete(OTHER);
			assertThat(application.run()).hasSize(2)
				.allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.texts("session")).containsExactly("USER: shared\nUSER: of its own");
		}
	}

	@Test
	void failsWhenTheWholeDirectoryIsGone() throws IOException {
		this.logs.write(FILE, conversation("s", 0, 3)).write(OTHER, conversation("o", 0, 3));
		Path unmounted = this.directory.resolve("unmounted");
		try (TestApplication application = start()) {
			failBeforeAnythingIsWritten(application);
			Files.move(this.logs.root(), unmounted);
			JobExecution failed = application.run().getLast();
			assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(failed.getAllFailureExceptions())
				.anySatisfy((failure) -> assertThat(failure).hasRootCauseInstanceOf(LogsUnavailableException.class));
			Files.move(unmounted, this.logs.root());
			assertThat(application.run()).hasSize(2)
				.allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertLikeAFreshImport(application);
		}
	}

	/**
	 * Leaves a job instance that has planned everything and imported nothing.
	 */
	private static void failBeforeAnythingIsWritten(TestApplication application) {
		int points = application.points().size();
		for (int upsert = 1; upsert < 20; upsert++) {
			application.store().beforeUpsert(upsert, StoreProbe::fail);
		}
		assertThat(application.run()).singleElement().returns(BatchStatus.FAILED, JobExecution::getStatus);
		assertThat(application.points()).hasSize(points);
		application.store().clear();
	}

	private void truncate(String file, long size) {
		try (FileChannel channel = FileChannel.open(this.logs.path(file), StandardOpenOption.WRITE)) {
			channel.truncate(size);
			this.logs.touch(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long size(String... lines) {
		return String.join("\n", lines).length() + 1L;
	}

	private TestApplication start() {
		return TestApplication.start(this.home, this.logs.root(), SETTINGS);
	}

	private void assertLikeAFreshImport(TestApplication application) {
		assertThat(application.points())
			.isEqualTo(TestApplication.importInto(this.directory.resolve("fresh"), this.logs.root(), SETTINGS));
	}

}
