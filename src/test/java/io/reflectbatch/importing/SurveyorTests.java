package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.Noise;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.Claim;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.Survey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link Surveyor}.
 */
class SurveyorTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String COPY = "-home-dev-app/copy.jsonl";

	private static final String AGENT = "-home-dev-app/agent-0a.jsonl";

	@TempDir
	Path directory;

	@Test
	void aFileThatCannotBeReadToItsEndClaimsNothing() throws IOException {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		logs.write(FILE, user("u1", "shared")).write(COPY, user("u1", "shared"));
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs.root())) {
			MessageRegistry registry = application.bean(MessageRegistry.class);
			KnownFile file = register(application, logs, FILE);
			long copy = register(application, logs, COPY).id();
			Surveyor surveyor = surveyor(application, Set.of());
			long moreThanThereIs = Files.size(logs.path(FILE)) + 1;
			ConversationFile log = file.in(logs.root().toString());
			try (SurveyReading reading = surveyor.read(file, log, Change.NEW, moreThanThereIs)) {
				assertThatIOException().isThrownBy(() -> surveyor.survey(reading, 1));
			}
			assertThat(registry.claim(copy, List.of(Claim.of(0, "u1")))).isEmpty();
		}
	}

	@Test
	void keepsCopiesAndWarmUpsWhereTheyAreMeasured() throws IOException {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		logs.write(FILE, user("u1", "shared")).write(COPY, user("u1", "shared")).write(AGENT, user("u2", "Warmup"));
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs.root())) {
			assertThat(survey(application, logs, FILE, Set.of()).skipped()).isEmpty();
			assertThat(survey(application, logs, COPY, Set.of()).skipped()).isNotEmpty();
			assertThat(survey(application, logs, AGENT, Set.of()).warmUp()).isTrue();
			assertThat(survey(application, logs, COPY, Set.of(Noise.COPIES)).skipped()).isEmpty();
			assertThat(application.bean(MessageRegistry.class).copies(application.file(COPY).id())).isEmpty();
			assertThat(survey(application, logs, AGENT, Set.of(Noise.WARM_UPS)).warmUp()).isFalse();
		}
	}

	private static Survey survey(TestApplication application, LogDirectory logs, String path, Set<Noise> kept)
			throws IOException {
		KnownFile file = application.bean(FileLedger.class)
			.find(path)
			.orElseGet(() -> register(application, logs, path));
		Surveyor surveyor = surveyor(application, kept);
		try (SurveyReading reading = surveyor.read(file, file.in(logs.root().toString()), Change.NEW,
				Files.size(logs.path(path)))) {
			return surveyor.survey(reading, 1);
		}
	}

	private static Surveyor surveyor(TestApplication application, Set<Noise> kept) {
		return new Surveyor(application.bean(MessageRegistry.class), application.bean(Chunking.class).keeping(kept),
				application.bean(ImportMeters.class), new UnknownLanguages(application.bean(EmbeddingModel.class)),
				new SimpleAsyncTaskExecutor());
	}

	private static KnownFile register(TestApplication application, LogDirectory logs, String file) {
		String id = file.substring(file.indexOf('/') + 1, file.lastIndexOf('.'));
		return application.bean(FileLedger.class)
			.register(new ConversationFile(logs.path(file), "-home-dev-app", id, file.equals(AGENT)), file,
					logs.root().toString());
	}

}
