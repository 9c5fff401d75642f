package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.StateFileBridge;
import io.reflectbatch.ledger.WorkTotals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;

import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was pruned stays away until somebody asks for it, whatever else is imported.
 */
class ForgottenFileTests {

	private static final String FIRST = "-home-dev-app/first.jsonl";

	private static final String FORK = "-home-dev-app/z-fork.jsonl";

	@TempDir
	Path directory;

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void writeLogs() throws IOException {
		this.logs = new LogDirectory(this.directory.resolve("logs"));
		this.logs.write(FIRST, user("u1", "shared question"), user("u2", "only in the first"));
		this.logs.write(FORK, user("u1", "shared question"), user("u3", "only in the fork"));
	}

	@Test
	void staysAwayWhenTheFileThatItCopiedFromIsImportedAgain() {
		try (TestApplication application = start()) {
			application.importNew();
			forget(application, FORK);
		}
		try (TestApplication application = start("reflect.run.reimport=true")) {
			assertThat(application.importNew().files()).isEqualTo(1);
			assertThat(application.file(FORK).status()).isEqualTo(KnownFile.Status.FORGOTTEN);
		}
	}

	@Test
	void staysAwayWhenTheImportThatWasToReadItIsRestarted() {
		try (TestApplication application = start()) {
			application.store().beforeUpsert(1, StoreProbe::fail);
			application.store().beforeUpsert(2, StoreProbe::fail);
			assertThat(application.run().getLast().getStatus()).isEqualTo(BatchStatus.FAILED);
			application.store().clear();
			forget(application, FORK);
			assertThat(application.totals(application.run().getFirst()))
				.extracting(WorkTotals::files, WorkTotals::filesFinished)
				.containsExactly(1, 1);
			assertThat(application.file(FORK).status()).isEqualTo(KnownFile.Status.FORGOTTEN);
			assertThat(application.texts("z-fork")).isEmpty();
		}
	}

	@Test
	void staysAwayWhenAStateFileIsAdoptedThatHasIt() {
		Path stateFile = this.directory.resolve("home/imported-files.json");
		try (TestApplication application = start()) {
			application.importNew();
			forget(application, FORK);
			assertThat(application.bean(StateFileBridge.class).adopt(stateFile, this.logs.root()).adopted()).isZero();
			assertThat(application.file(FORK).status()).isEqualTo(KnownFile.Status.FORGOTTEN);
		}
	}

	private static void forget(TestApplication application, String path) {
		application.bean(FileLedger.class).forget(application.file(path).id());
	}

	private TestApplication start(String... settings) {
		return TestApplication.start(this.directory.resolve("home"), this.logs.root(), settings);
	}

}
