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

import io.reflectbatch.ledger.TestDatabase;
import io.reflectbatch.operations.Verification;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A database that goes away, is damaged, or is gone.
 */
class DatabaseFaultTests {

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
	void goesOnWhereItWasWhenPostgresHasEndedAllConnections() {
		String[] settings = Stream
			.concat(SETTINGS.stream(), Stream.of("spring.datasource.url=" + TestDatabase.POSTGRESQL.newUrl()))
			.toArray(String[]::new);
		try (TestApplication application = start(settings)) {
			JdbcClient jdbc = application.bean(JdbcClient.class);
			application.store().afterUpsert(3, () -> endOtherConnections(jdbc));
			// UNKNOWN: not even that it failed could be recorded; the next import does
			// it.
			assertThat(application.run()).singleElement()
				.extracting(JobExecution::getStatus)
				.isIn(BatchStatus.FAILED, BatchStatus.UNKNOWN);
		}
		try (TestApplication application = start(settings)) {
			assertThat(application.run()).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.points()).hasSize(8);
			assertThat(application.bean(Verification.class).verify().agrees()).isTrue();
		}
	}

	private static void endOtherConnections(JdbcClient jdbc) {
		jdbc.sql("""
				select pg_terminate_backend(pid) from pg_stat_activity
				where datname = current_database() and application_name = current_setting('application_name')
				  and pid <> pg_backend_pid() and query like '%BATCH%' or query like '%planned_file%'""")
			.query((row, number) -> row.getBoolean(1))
			.list();
	}

	@Test
	void importsEverythingAgainIntoTheSamePointsWhenTheDatabaseWasMovedAway() throws IOException {
		String[] settings = SETTINGS.toArray(String[]::new);
		SortedMap<String, ImportedPoint> before = TestApplication.importInto(home(), this.logs.root(), settings);
		Files.move(home().resolve("database"), home().resolve("damaged"));
		assertThat(TestApplication.importInto(home(), this.logs.root(), settings)).isEqualTo(before);
	}

	@Test
	void refusesADamagedDatabase() throws IOException {
		TestApplication.importInto(home(), this.logs.root(), SETTINGS.toArray(String[]::new));
		overwrite(databaseFile());
		assertThatException().isThrownBy(this::runOnce)
			.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("[" + ErrorCode.FILE_CORRUPTED_1));
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
