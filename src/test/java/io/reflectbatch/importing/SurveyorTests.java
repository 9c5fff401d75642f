package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.MessageRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link Surveyor}.
 */
class SurveyorTests {

	private static final String FILE = "-home-dev-app/session.jsonl";

	private static final String COPY = "-home-dev-app/copy.jsonl";

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
			Surveyor surveyor = new Surveyor(registry, application.bean(Chunking.class),
					application.bean(ImportMeters.class),
					new UnknownLanguages(application.bean(EmbeddingModel.class)));
			long moreThanThereIs = Files.size(logs.path(FILE)) + 1;
			assertThatIOException().isThrownBy(
					() -> surveyor.survey(file, file.in(logs.root().toString()), Change.NEW, moreThanThereIs, 1));
			assertThat(registry.claim(copy, 0, "u1")).isTrue();
		}
	}

	private static KnownFile register(TestApplication application, LogDirectory logs, String file) {
		String id = file.substring(file.indexOf('/') + 1, file.lastIndexOf('.'));
		return application.bean(FileLedger.class)
			.register(new ConversationFile(logs.path(file), "-home-dev-app", id, false), file, logs.root().toString());
	}

}
