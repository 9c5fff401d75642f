package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.operations.JobHistory;
import io.reflectbatch.operations.Verification;
import io.reflectbatch.store.ConversationStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Logs that cannot be read are left out and counted; if all are such, an import fails,
 * for that is a volume of somebody else. Permissions do not stop root, under which tests
 * may run: so files disappear after they were listed, or have names that are not UTF-8.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableLogsTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String OTHER = "-home-dev-app/other.jsonl";

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(FILE, conversation("s", 0, 3)).write(OTHER, conversation("o", 0, 3));
	}

	@Test
	void failsWhenNoFileCanBeRead(CapturedOutput output) throws IOException {
		try (TestApplication application = start()) {
			Planner planner = planner(application);
			planner.list();
			this.logs.delete(FILE);
			this.logs.delete(OTHER);
			assertThatExceptionOfType(LogsUnavailableException.class).isThrownBy(() -> planner.plan(50))
				.withMessageContainingAll("Nothing in " + this.logs.root(), "2 files", "runAsUser");
			assertThat(output).contains("Left out " + this.logs.path(FILE), "Left out " + this.logs.path(OTHER));
		}
	}

	@Test
	void leavesOutAFileThatCannotBeRead() throws IOException {
		try (TestApplication application = start()) {
			Planner planner = planner(application);
			planner.list();
			this.logs.delete(FILE);
			planner.plan(50);
			assertThat(planner.hasNext()).isFalse();
			assertThat(planner.unreadable()).isEqualTo(1);
		}
	}

	@Test
	void countsWhatWasLeftOut() throws IOException, InterruptedException {
		giveANameThatIsNotUtf8(FILE);
		try (TestApplication application = start()) {
			for (int run = 0; run < 2; run++) {
				JobExecution execution = application.run().getLast();
				assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
				assertThat(application.bean(JobHistory.class).summary(execution).unreadableFiles()).isEqualTo(1);
			}
			assertThat(application.file(OTHER).outcome().chunks()).isPositive();
		}
	}

	@Test
	void failsWhenNothingThatIsThereCanBeRead() throws IOException, InterruptedException {
		giveANameThatIsNotUtf8(FILE);
		this.logs.delete(OTHER);
		try (TestApplication application = start()) {
			List<JobExecution> executions = application.run();
			assertThat(executions).singleElement().extracting(JobExecution::getStatus).isEqualTo(BatchStatus.FAILED);
			assertThat(application.bean(JobHistory.class).summary(executions.getFirst()).reason())
				.contains("Nothing in " + this.logs.root(), "1 file or directory");
			this.logs.write(OTHER, conversation("o", 0, 3));
			assertThat(application.run()).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.file(OTHER).outcome().chunks()).isPositive();
		}
	}

	// Its points were made by claims that it loses when the survey of it fails.
	@Test
	void importsAgainWhatCouldNotBeReadWhenEverythingWasImported() throws IOException {
		try (TestApplication application = start()) {
			application.importNew();
			Planner planner = planner(application, true);
			planner.list();
			String content = Files.readString(this.logs.path(FILE));
			FileTime modified = Files.getLastModifiedTime(this.logs.path(FILE));
			this.logs.delete(FILE);
			planner.plan(50);
			Files.writeString(this.logs.path(FILE), content);
			Files.setLastModifiedTime(this.logs.path(FILE), modified);
			application.importNew();
			assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
		}
	}

	@Test
	void leavesOutAFileThatCannotBeReadAnyMore(CapturedOutput output) throws IOException {
		try (TestApplication application = start("reflect.run.commit-interval=1")) {
			for (int upsert = 1; upsert < 10; upsert++) {
				application.store().beforeUpsert(upsert, StoreProbe::fail);
			}
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			application.store().clear();
			this.logs.delete(FILE);
			Files.createDirectory(this.logs.path(FILE));
			assertThat(application.run()).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(output).contains("Left out " + this.logs.path(FILE) + ", which the next import reads again");
			assertThat(application.texts("other")).isNotEmpty();
		}
	}

	private void giveANameThatIsNotUtf8(String file) throws IOException, InterruptedException {
		String script = "mv \"$1\" \"$(dirname \"$1\")/$(printf 'b\\377.jsonl')\"";
		int exitCode = new ProcessBuilder("sh", "-c", script, "sh", this.logs.path(file).toString()).inheritIO()
			.start()
			.waitFor();
		assumeThat(exitCode).as("such a name is possible").isZero();
	}

	private static Planner planner(TestApplication application) {
		return planner(application, false);
	}

	private static Planner planner(TestApplication application, boolean reimport) {
		JobProperties properties = application.bean(JobProperties.class);
		Chunking chunking = application.bean(Chunking.class);
		MessageRegistry registry = application.bean(MessageRegistry.class);
		Surveyor surveyor = new Surveyor(registry, chunking, application.bean(ImportMeters.class),
				new UnknownLanguages(application.bean(EmbeddingModel.class)), new SimpleAsyncTaskExecutor());
		return new Planner(application.bean(FileLedger.class), application.bean(WorkList.class), registry,
				new ChangeDetector(chunking.recipe(), reimport, application.bean(ConversationStore.class)), surveyor,
				application.bean(ModelPreloader.class), properties.source(), FileSelection.of(properties.source()), 1);
	}

	private TestApplication start(String... settings) {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root(), settings);
	}

}
