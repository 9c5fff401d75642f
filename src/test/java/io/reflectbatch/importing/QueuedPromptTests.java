package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.reflectbatch.search.ConversationSearch;
import io.reflectbatch.search.Passage;
import io.reflectbatch.search.SearchMode;
import io.reflectbatch.search.SearchRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.reflectbatch.importing.LogDirectory.assistant;
import static io.reflectbatch.importing.LogDirectory.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A prompt that was typed while the assistant was busy is found like any other, once,
 * whichever of the lines there are that the log may have of it.
 */
class QueuedPromptTests {

	private static final String PROJECT = "-home-dev-app/";

	@TempDir
	Path directory;

	@Test
	void isFoundOnceHoweverItIsLogged() throws IOException {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		logs.write(PROJECT + "only-queued.jsonl", user("a1", "begin"), queued("a", "bake the sourdough bread"));
		logs.write(PROJECT + "handed-over.jsonl", user("b1", "begin"), queued("b", "rotate the certificates"),
				assistant("b2", "Done."), attached("b3", "rotate the certificates"));
		logs.write(PROJECT + "only-handed-over.jsonl", user("c1", "begin"), attached("c2", "polish the telescope"));
		logs.write(PROJECT + "sent.jsonl", user("d1", "begin"), queued("d", "feed the penguins"),
				assistant("d2", "Done."), user("d3", "feed the penguins"));
		logs.write(PROJECT + "fork.jsonl", user("b1", "begin"), queued("fork", "rotate the certificates"),
				assistant("b2", "Done."), attached("b3", "rotate the certificates"),
				queued("fork", "bake the sourdough bread"), user("e1", "what else"));
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs.root())) {
			application.importNew();
			assertThat(conversationsWith(application, "bake the sourdough bread")).containsExactly("only-queued");
			assertThat(conversationsWith(application, "rotate the certificates")).containsExactly("handed-over");
			assertThat(conversationsWith(application, "polish the telescope")).containsExactly("only-handed-over");
			assertThat(conversationsWith(application, "feed the penguins")).containsExactly("sent");
			assertThat(application.texts("handed-over"))
				.containsExactly("USER: begin\nUSER: rotate the certificates\nASSISTANT: Done.");
			assertThat(application.texts("fork")).containsExactly("USER: what else");
		}
	}

	@Test
	void isNotRepeatedByTheAssistantWhoSaysTheSame() throws IOException {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		logs.write(PROJECT + "echo.jsonl", user("a1", "begin"), queued("a", "all green"), assistant("a2", "all green"),
				user("a3", "all green"), user("a4", "all green"));
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs.root())) {
			application.importNew();
			assertThat(application.texts("echo"))
				.containsExactly("USER: begin\nUSER: all green\nASSISTANT: all green\nUSER: all green");
		}
	}

	/**
	 * A fork has its own session in the copies.
	 */
	private static String queued(String session, String text) {
		return "{\"type\":\"queue-operation\",\"operation\":\"enqueue\",\"timestamp\":\"2026-02-09T09:59:43.806Z\","
				+ "\"sessionId\":\"" + session + "\",\"content\":\"" + text + "\"}";
	}

	private static String attached(String uuid, String text) {
		return "{\"type\":\"attachment\",\"uuid\":\"" + uuid + "\",\"timestamp\":\"2026-02-09T09:59:50.000Z\","
				+ "\"attachment\":{\"type\":\"queued_command\",\"prompt\":\"" + text
				+ "\",\"origin\":{\"kind\":\"human\"}}}";
	}

	private static List<String> conversationsWith(TestApplication application, String prompt) {
		return application.bean(ConversationSearch.class)
			.search(SearchRequest.of('"' + prompt + '"', 10, SearchMode.HYBRID))
			.stream()
			.map(Passage::conversationId)
			.toList();
	}

}
