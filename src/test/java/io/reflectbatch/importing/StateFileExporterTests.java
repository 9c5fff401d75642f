package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.zaxxer.hikari.HikariDataSource;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.StateFileBridge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StateFileExporter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StateFileExporterTests {

	private static final String ONE = "-home-dev-app/one.jsonl";

	private static final String TWO = "-home-dev-app/two.jsonl";

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(ONE, conversation("one", 0, 6));
		this.logs.write(TWO, conversation("two", 0, 4));
		this.logs.write("-home-dev-app/three.jsonl", conversation("three", 0, 2));
	}

	@Test
	void aFailedImportLeavesEveryFinishedFileInTheStateFile() throws IOException {
		try (TestApplication application = start()) {
			application.store().beforeUpsert(3, StoreProbe::fail);
			assertThat(application.run()).singleElement().returns(BatchStatus.FAILED, (run) -> run.getStatus());
			assertThat(application.file(TWO).status()).isEqualTo(KnownFile.Status.IMPORTED);
			assertThat(Files.readString(this.directory.resolve("home/imported-files.json"))).contains("one.jsonl",
					"two.jsonl");
		}
	}

	@Test
	void aDatabaseThatIsGoneDoesNotHideWhyTheImportFailed(CapturedOutput output) {
		try (TestApplication application = start()) {
			application.importNew();
			Path target = this.directory.resolve("state.json");
			StateFileExporter exporter = new StateFileExporter(application.bean(StateFileBridge.class), target,
					application.bean(RunningLease.class));
			application.bean(HikariDataSource.class).close();
			exporter.exportIfDue();
			assertThat(output).containsOnlyOnce("The state file " + target + " was not written");
			exporter.exportOrWarn();
			assertThatExceptionOfType(CannotGetJdbcConnectionException.class).isThrownBy(exporter::export);
			assertThat(target).doesNotExist();
		}
	}

	private TestApplication start() {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root(),
				"reflect.chunking.strategy=messages", "reflect.run.workers=1", "reflect.run.commit-interval=2",
				"reflect.chunking.messages=10");
	}

}
