package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.operations.Verification;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.ConfigurableTransactionManager;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A database that goes away, is damaged, or is gone.
 */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseFaultTests {

	private static final String IMPORT = "import-that-loses-its-connections";

	private static final List<String> SETTINGS = List.of("reflect.chunking.strategy=messages",
			"reflect.chunking.messages=2", "reflect.run.commit-interval=2", "reflect.run.workers=1");

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write("-home-dev-app/one.jsonl", conversation("one", 0, 12));
		this.logs.write("-home-dev-app/two.jsonl", conversation("two", 0, 4));
	}

	@Test
	void goesOnWhereItWasWhenPostgresHasEndedAllConnections(CapturedOutput output) {
		String url = TestDatabase.POSTGRESQL.newUrl();
		String[] settings = Stream
			.concat(SETTINGS.stream(), Stream.of("spring.datasource.url=" + url + "&ApplicationName=" + IMPORT))
			.toArray(String[]::new);
		try (TestApplication application = start(settings)) {
			application.store().afterUpsert(3, () -> endConnectionsOfImport(url));
			// UNKNOWN: not even the failure could be recorded; the next import does it.
			assertThat(application.run()).singleElement()
				.extracting(JobExecution::getStatus)
				.isIn(BatchStatus.FAILED, BatchStatus.UNKNOWN);
		}
		assertThat(output).as("no stack trace").doesNotContain("\tat ");
		try (TestApplication application = start(settings)) {
			assertThat(application.run()).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.points()).hasSize(8);
			assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
		}
	}

	private static void endConnectionsOfImport(String url) {
		try (HikariDataSource database = TestDatabase.pool(url)) {
			assertThat(JdbcClient.create(database)
				.sql("select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = ?")
				.param(IMPORT)
				.query(Boolean.class)
				.list()).isNotEmpty().doesNotContain(false);
		}
	}

	@Test
	void importsEverythingAgainIntoTheSamePointsWhenTheDatabaseWasMovedAway() throws IOException {
		String[] settings = SETTINGS.toArray(String[]::new);
		SortedMap<String, ImportedPoint> before = TestApplication.importInto(home(), this.logs.root(), settings);
		Files.move(home().resolve("database"), home().resolve("damaged"));
		try (TestApplication application = start(settings)) {
			assertThat(application.importNew().chunks()).isEqualTo(before.size());
			assertThat(application.points()).isEqualTo(before);
		}
	}

	@Test
	void refusesADamagedDatabase() throws IOException {
		TestApplication.importInto(home(), this.logs.root(), SETTINGS.toArray(String[]::new));
		overwrite(databaseFile());
		assertThatException().isThrownBy(this::runOnce)
			.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("[" + ErrorCode.FILE_CORRUPTED_1));
	}

	@Test
	void theFileIsKeptSmallAfterEachCommit() {
		try (TestApplication application = start()) {
			assertThat(application.bean(ConfigurableTransactionManager.class).getTransactionExecutionListeners())
				.extracting((listener) -> listener.getClass().getSimpleName())
				.contains("DatabaseCompaction");
		}
	}

	private void runOnce() {
		try (TestApplication application = start(SETTINGS.toArray(String[]::new))) {
			application.run();
		}
	}

	private Path databaseFile() throws IOException {
		try (Stream<Path> files = Files.walk(home().resolve("database"))) {
			return files.filter((file) -> file.toString().endsWith(".mv.db")).findFirst().orElseThrow();
		}
	}

	private static void overwrite(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			byte[] garbage = new byte[(int) channel.size()];
			new Random(1).nextBytes(garbage);
			channel.write(ByteBuffer.wrap(garbage), 0);
		}
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private TestApplication start(String... settings) {
		return TestApplication.start(home(), this.logs.root(), settings);
	}

}
