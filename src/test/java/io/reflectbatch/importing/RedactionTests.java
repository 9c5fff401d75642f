package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.reflectbatch.operations.ExecutionSummary;
import io.reflectbatch.operations.JobHistory;
import io.reflectbatch.operations.Verification;
import io.reflectbatch.operations.VerificationReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an import leaves out, from the log to the store, the ledger and the summary:
 * secrets, and files that nobody wants imported.
 */
class RedactionTests {

	private static final String TOKEN = "gh" + "p_" + "16C7e42F292c6912E7710c838347Ae178B4a";

	private static final String REDACTED = "[REDACTED:github-token]";

	@TempDir
	private Path home;

	private LogDirectory logs;

	@BeforeEach
	void createLogs(@TempDir Path directory) {
		this.logs = new LogDirectory(directory);
	}

	@Test
	void neitherStoreNorLedgerHoldASecretAndTheSummaryCountsIt() throws IOException {
		this.logs.write("-p/a.jsonl", "{\"type\":\"custom-title\",\"customTitle\":\"Use " + TOKEN + "\"}",
				LogDirectory.user("u1", "Clone it with " + TOKEN + ", please"),
				LogDirectory.assistant("u2", "Done: https://me:" + TOKEN + "@github.com/me/it"));
		try (TestApplication application = start()) {
			JobExecution execution = application.run().getFirst();
			assertThat(application.texts("a")).singleElement()
				.asString()
				.contains("Clone it with " + REDACTED + ", please",
						"https://me:[REDACTED:url-password]@github.com/me/it")
				.doesNotContain(TOKEN);
			assertThat(application.file("-p/a.jsonl").survey().redacted())
				.isEqualTo(Map.of("github-token", 1, "url-password", 1));
			assertThat(application.ledger().toString()).contains("Use " + REDACTED).doesNotContain(TOKEN);
			assertThat(summary(application, execution).redacted())
				.isEqualTo(Map.of("github-token", 1, "url-password", 1));
			assertThat(application.bean(Verification.class).verify())
				.extracting(VerificationReport::reread, VerificationReport::differences)
				.containsExactly(1, List.of());
		}
	}

	@Test
	void findsASecretWhereverAWindowEnds() throws IOException {
		String text = "word ".repeat(400) + TOKEN + " word".repeat(20);
		for (int shift = 0; shift < 5; shift++) {
			this.logs.write("-p/s" + shift + ".jsonl", LogDirectory.user("s" + shift, text.substring(5 * 3 * shift)));
		}
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.points().values())
				.noneMatch((point) -> point.toString().contains(TOKEN.substring(4, 12)));
			for (int shift = 0; shift < 5; shift++) {
				assertThat(String.join("", application.texts("s" + shift))).contains("REDACTED");
			}
		}
	}

	@Test
	void keepsSecretsWhereRedactionIsOff() throws IOException {
		this.logs.write("-p/a.jsonl", LogDirectory.user("u1", "Use " + TOKEN));
		try (TestApplication application = start("reflect.redaction.enabled=false")) {
			application.importNew();
			assertThat(application.texts("a")).containsExactly("USER: Use " + TOKEN);
			assertThat(application.file("-p/a.jsonl").survey().redacted()).isEmpty();
		}
	}

	@Test
	void aFileThatWasImportedWithItsSecretsIsImportedFromItsBeginningWhenItGrows() throws IOException {
		this.logs.write("-p/a.jsonl", LogDirectory.user("u1", "Use " + TOKEN));
		TestApplication.importInto(this.home, this.logs.root(), "reflect.redaction.enabled=false");
		try (TestApplication application = start()) {
			assertThat(application.importNew().files()).as("unchanged").isZero();
			this.logs.append("-p/a.jsonl", LogDirectory.user("u2", "Thanks"));
			application.importNew();
			assertThat(application.texts("a")).containsExactly("USER: Use " + REDACTED + "\nUSER: Thanks");
		}
	}

	@Test
	void countsWhatIsNewInAFileThatGrowsAndNothingTwice() throws IOException {
		this.logs.write("-p/a.jsonl", LogDirectory.user("u1", "Use " + TOKEN));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append("-p/a.jsonl", LogDirectory.user("u2", "No, " + TOKEN))
				.write("-p/copy.jsonl", LogDirectory.user("u1", "Use " + TOKEN));
			application.importNew();
			assertThat(application.file("-p/a.jsonl").survey().redacted()).isEqualTo(Map.of("github-token", 2));
			assertThat(application.file("-p/copy.jsonl").survey().redacted()).isEmpty();
		}
	}

	@Test
	void whatIsIgnoredIsNotReadAndWhatWasImportedOfItStays() throws IOException {
		this.logs.write("-p/a.jsonl", LogDirectory.user("u1", "One"))
			.write("-q/b.jsonl", LogDirectory.user("u2", "Two"));
		TestApplication.importInto(this.home, this.logs.root());
		this.logs.append("-p/a.jsonl", LogDirectory.user("u3", "Three"))
			.write("-p/c.jsonl", LogDirectory.user("u4", "Four"))
			.append("-q/b.jsonl", LogDirectory.user("u5", "Five"));
		Files.writeString(this.logs.path(".reflectignore"), "/-p/\n");
		try (TestApplication application = start()) {
			JobExecution execution = application.run().getFirst();
			assertThat(application.texts("a")).containsExactly("USER: One");
			assertThat(application.texts("b")).containsExactly("USER: Two\nUSER: Five");
			assertThat(application.texts("c")).isEmpty();
			assertThat(summary(application, execution).ignored()).isEqualTo(2);
			assertThat(application.bean(WaitingFiles.class).count()).isZero();
			assertThat(application.bean(Verification.class).verify().differences()).isEmpty();
		}
	}

	// With half of the files gone, an import refuses.
	@Test
	void ignoredFilesAreNotMissing() throws IOException {
		for (int file = 0; file < 5; file++) {
			this.logs.write("-p/" + file + ".jsonl", LogDirectory.user("u" + file, "Text " + file));
		}
		TestApplication.importInto(this.home, this.logs.root());
		try (TestApplication application = start("reflect.source.exclude[0]=-p/")) {
			assertThat(application.importNew().files()).isZero();
		}
		try (TestApplication application = start("reflect.source.include[0]=-other/")) {
			assertThat(application.importNew().files()).isZero();
		}
		try (TestApplication application = start()) {
			assertThat(application.importNew().files()).isZero();
		}
	}

	// The copy would have to speak for itself now.
	@Test
	void aCopyThatIsIgnoredWaitsUntilItIsNotWhenItsOriginalIsRewritten() throws IOException {
		this.logs.write("-p/a.jsonl", LogDirectory.user("u1", "One"))
			.write("-q/copy.jsonl", LogDirectory.user("u1", "One"), LogDirectory.user("u2", "Two"));
		TestApplication.importInto(this.home, this.logs.root());
		this.logs.write("-p/a.jsonl", LogDirectory.user("u3", "Three"));
		try (TestApplication application = start("reflect.source.exclude[0]=-q/")) {
			application.importNew();
			assertThat(application.texts("copy")).containsExactly("USER: Two");
		}
		try (TestApplication application = start()) {
			assertThat(application.importNew().files()).isOne();
			assertThat(application.texts("copy")).containsExactly("USER: One\nUSER: Two");
		}
	}

	private TestApplication start(String... options) {
		return TestApplication.start(this.home, this.logs.root(), options);
	}

	private static ExecutionSummary summary(TestApplication application, JobExecution execution) {
		return application.bean(JobHistory.class).summary(execution);
	}

}
