package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;

import javax.sql.DataSource;

import io.reflectbatch.operations.Verification;
import io.reflectbatch.operations.VerificationReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command that forgets to name the Qdrant in which everything is.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtherStoreTests {

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write("-home-dev-app/one.jsonl", conversation("one", 0, 5));
		this.logs.write("-home-dev-app/two.jsonl", conversation("two", 0, 3));
	}

	@Test
	void aVerificationMissesNothingOfWhatIsInAnotherStore() {
		try (TestApplication application = start()) {
			importedInto("qdrant", application);
			VerificationReport report = application.bean(Verification.class).verify();
			assertThat(report.differences()).isEmpty();
			assertThat(report).returns(0, VerificationReport::files).returns(2, VerificationReport::open);
		}
	}

	@Test
	void anImportWarnsThatItBeginsAnew(CapturedOutput output) {
		try (TestApplication application = start()) {
			importedInto("qdrant", application);
			assertThat(output).doesNotContain("WARN");
			assertThat(application.importNew().filesFinished()).isEqualTo(2);
			assertThat(output).containsOnlyOnce("WARN")
				.contains("Logs whose points are in the store qdrant: 2. This import writes to lucene", "QDRANT_URL");
			application.importNew();
			assertThat(output).containsOnlyOnce("WARN");
		}
	}

	private static void importedInto(String store, TestApplication application) {
		application.importNew();
		JdbcClient.create(application.bean(DataSource.class))
			.sql("update conversation_file set store = ?")
			.param(store)
			.update();
	}

	private TestApplication start() {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root());
	}

}
