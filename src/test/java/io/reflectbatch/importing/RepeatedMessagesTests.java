package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import io.reflectbatch.store.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static io.reflectbatch.importing.LogDirectory.assistant;
import static io.reflectbatch.importing.LogDirectory.enqueued;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands in the logs more than once is found once.
 */
class RepeatedMessagesTests {

	private static final String FIRST = "-home-dev-app/first.jsonl";

	private static final String FORK = "-home-dev-app/a-fork.jsonl";

	@TempDir
	Path directory;

	private Path home = Path.of("");

	private LogDirectory logs = new LogDirectory(Path.of(""));

	@BeforeEach
	void prepareLogs() {
		this.home = this.directory.resolve("home");
		this.logs = new LogDirectory(this.directory.resolve("logs"));
	}

	@Test
	void aMessageBelongsToTheOlderFile() throws IOException {
		this.logs.write(FIRST, user("u1", "shared question"), user("u2", "only in the first"));
		this.logs.write(FORK, user("u1", "shared question"), user("u3", "only in the fork"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: shared question\nUSER: only in the first");
			assertThat(application.texts("a-fork")).containsExactly("USER: only in the fork");
			assertThat(application.file(FORK).survey().skipped()).containsEntry("copies of other messages", 1);
		}
	}

	@Test
	void theReferenceIndexesEveryCopy() throws IOException {
		this.logs.write(FIRST, user("u1", "shared question"));
		this.logs.write(FORK, user("u1", "shared question"));
		try (TestApplication application = start("reflect.chunking.strategy=messages")) {
			application.importNew();
			assertThat(application.texts("first")).isEqualTo(application.texts("a-fork")).hasSize(1);
		}
	}

	@Test
	void aCopySpeaksForItselfWhenTheOlderFileNoLongerHasTheMessage() throws IOException {
		this.logs.write(FIRST, user("u1", "shared question"));
		this.logs.write(FORK, user("u1", "shared question"), user("u3", "only in the fork"));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.write(FIRST, user("u2", "something else"));
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: something else");
			assertThat(application.texts("a-fork")).containsExactly("USER: shared question\nUSER: only in the fork");
		}
	}

	@Test
	void aCopySpeaksForItselfAlsoWhenItsFileHasGrownBeforeTheOlderOneWasRewritten() throws IOException {
		this.logs.write(FIRST, user("u1", "shared question"));
		this.logs.write(FORK, user("u1", "shared question"), user("u3", "only in the fork"));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(FORK, user("u4", "new in the fork"));
			this.logs.write(FIRST, user("u2", "something else"));
			assertThat(application.importNew().files()).isEqualTo(2);
			assertThat(application.texts("a-fork"))
				.containsExactly("USER: shared question\nUSER: only in the fork\nUSER: new in the fork");
		}
	}

	@Test
	void twoFilesThatShareMessagesAreRewrittenAtOnce() throws IOException {
		this.logs.write(FIRST, user("u1", "from the first"), user("u2", "more of it"));
		this.logs.write(FORK, user("u3", "from the fork"), user("u1", "from the first"));
		this.logs.append(FIRST, user("u3", "from the fork"));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.write(FORK, user("u1", "from the first"));
			this.logs.write(FIRST, user("u3", "from the fork"));
			application.importNew();
			assertThat(application.texts("a-fork")).containsExactly("USER: from the first");
			assertThat(application.texts("first")).containsExactly("USER: from the fork");
		}
	}

	// One reader, and it waits for long files whose turn it is not yet.
	@Test
	@Timeout(120)
	void aCopySpeaksForItselfWhileOtherFilesAreReadAhead() throws IOException {
		this.logs.write(FIRST, user("u1", "shared question"));
		this.logs.write(FORK, user("u1", "shared question"), user("u3", "only in the fork"));
		try (TestApplication application = start("reflect.run.workers=1", "reflect.chunking.messages=1000")) {
			application.importNew();
			this.logs.write(FIRST, user("u2", "something else"));
			for (int i = 0; i < 3; i++) {
				this.logs.write("-home-dev-app/long" + i + ".jsonl", LogDirectory.conversation("long" + i, 0, 800));
			}
			this.logs.append(FORK, user("u4", "new in the fork"));
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: something else");
			assertThat(application.texts("a-fork"))
				.containsExactly("USER: shared question\nUSER: only in the fork\nUSER: new in the fork");
			assertThat(application.file(FORK).outcome().messages()).isEqualTo(3);
		}
	}

	@Test
	void aQueuedPromptAndTheLineThatSendsItAreOneMessage() throws IOException {
		this.logs.write(FIRST, user("u1", "begin"), enqueued("and then test it"), assistant("u2", "done"),
				user("u3", "and then test it"), assistant("u4", "tested"), user("u5", "and then test it"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: begin\nUSER: and then test it\n"
					+ "ASSISTANT: done\nASSISTANT: tested\nUSER: and then test it");
		}
	}

	@Test
	void aQueuedPromptIsRecognisedWhenItIsSentAfterTheImport() throws IOException {
		this.logs.write(FIRST, user("u1", "begin"), enqueued("and then test it"));
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append(FIRST, user("u3", "and then test it"), user("u4", "and then test it"));
			application.importNew();
			assertThat(application.texts("first"))
				.containsExactly("USER: begin\nUSER: and then test it\nUSER: and then test it");
		}
	}

	@Test
	void aForkOfASessionDoesNotRepeatWhatWasQueuedThere() throws IOException {
		this.logs.write(FIRST, user("u1", "begin"), enqueued("and then test it"), user("u2", "and then test it"));
		this.logs.write(FORK, user("u1", "begin"), user("u2", "and then test it"), user("u3", "new"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: begin\nUSER: and then test it");
			assertThat(application.texts("a-fork")).containsExactly("USER: new");
		}
	}

	@Test
	void aForkMayHaveCopiesOfWhatWasQueuedAsWell() throws IOException {
		this.logs.write(FIRST, user("u1", "begin"), enqueued("and then test it"));
		this.logs.write(FORK, user("u1", "begin"), enqueued("and then test it"), user("u2", "new"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.texts("first")).containsExactly("USER: begin\nUSER: and then test it");
			assertThat(application.texts("a-fork")).containsExactly("USER: new");
			this.logs.append(FORK, user("u3", "and then test it"));
			application.importNew();
			assertThat(application.texts("a-fork")).containsExactly("USER: new");
		}
	}

	@Test
	void warmUpsOfSubagentsAreNotIndexed() throws IOException {
		this.logs.write("-home-dev-app/agent-0a.jsonl", user("u1", "Warmup"), assistant("u2", "Ready."));
		this.logs.write("-home-dev-app/s/subagents/agent-0b.jsonl", user("u3", "Warmup"), assistant("u4", "Ready."));
		this.logs.write(FIRST, user("u5", "Warmup"), assistant("u6", "Of what?"));
		try (TestApplication application = start()) {
			assertThat(application.importNew().filesFinished()).isEqualTo(3);
			assertThat(application.points()).hasSize(1);
			assertThat(application.texts("first")).containsExactly("USER: Warmup\nASSISTANT: Of what?");
			this.logs.append("-home-dev-app/agent-0a.jsonl", assistant("u7", "Still ready."));
			application.importNew();
			assertThat(application.points()).hasSize(1);
		}
	}

	@Test
	void aWarmUpIsRecognisedBehindWhatIsNoMessage() throws IOException {
		this.logs.write("-home-dev-app/agent-0a.jsonl", "{\"type\":\"system\",\"content\":\"x\"}");
		try (TestApplication application = start()) {
			application.importNew();
			this.logs.append("-home-dev-app/agent-0a.jsonl", user("u1", "Warmup"), assistant("u2", "Ready."));
			application.importNew();
			assertThat(application.points()).isEmpty();
		}
	}

	@Test
	void subagentsAreMarked() throws IOException {
		this.logs.write("-home-dev-app/s.jsonl", user("u1", "to the session"));
		this.logs.write("-home-dev-app/s/subagents/agent-0b.jsonl", user("u2", "to the subagent"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.points().values()).hasSize(2).allSatisfy((point) -> {
				boolean agent = point.value(Point.CONVERSATION_ID).equals("agent-0b");
				assertThat(point.payload().get(Point.IS_SIDECHAIN)).isEqualTo(agent ? true : null);
			});
		}
	}

	@Test
	void subagentsOfTheSameNameDoNotOverwriteEachOther() throws IOException {
		this.logs.write("-home-dev-app/s/subagents/agent-0b.jsonl", user("u1", "to one"));
		this.logs.write("-home-dev-app/t/subagents/agent-0b.jsonl", user("u2", "to the other"));
		try (TestApplication application = start()) {
			application.importNew();
			assertThat(application.points().values()).extracting((point) -> point.value(Point.TEXT))
				.containsExactlyInAnyOrder("USER: to one", "USER: to the other");
			assertThat(Set.copyOf(application.points().values().stream().map(ImportedPoint::id).toList())).hasSize(2);
			assertThat(application.texts("t/subagents/agent-0b")).containsExactly("USER: to the other");
			this.logs.append("-home-dev-app/t/subagents/agent-0b.jsonl", user("u3", "and more"));
			assertThat(application.importNew().files()).isEqualTo(1);
			assertThat(application.texts("agent-0b")).containsExactly("USER: to one");
			assertThat(application.texts("t/subagents/agent-0b")).containsExactly("USER: to the other\nUSER: and more");
		}
	}

	private TestApplication start(String... options) {
		return TestApplication.start(this.home, this.logs.root(), options);
	}

}
