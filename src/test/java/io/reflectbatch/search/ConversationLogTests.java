package io.reflectbatch.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationLogTests {

	private static final String PROJECT = "-home-dev-app";

	@TempDir
	private Path logs;

	@Test
	void readsTheMessagesOfAPassageAndThoseAround() throws IOException {
		write(PROJECT + "/session.jsonl", 30);
		List<ConversationLog.Said> said = around(passage("session", false, 11, 3, 0), 2);
		assertThat(said).extracting(ConversationLog.Said::line).containsExactly(9L, 10L, 11L, 12L, 13L, 14L, 15L);
		assertThat(said).filteredOn(ConversationLog.Said::found)
			.extracting(ConversationLog.Said::text)
			.containsExactly("message 11", "message 12", "message 13");
	}

	@Test
	void readsAChunkOfThePythonImporterByItsNumber() throws IOException {
		write(PROJECT + "/session.jsonl", 30);
		List<ConversationLog.Said> said = around(passage("session", false, null, null, 1), 1);
		assertThat(said).extracting(ConversationLog.Said::line).startsWith(10L, 11L).endsWith(20L, 21L).hasSize(12);
		assertThat(said).filteredOn(ConversationLog.Said::found).hasSize(10);
	}

	@Test
	void leavesSecretsOutUnlessTheyAreToBeKept() throws IOException {
		String secret = "ghp_" + "0aB1cD2eF3gH".repeat(3);
		Path file = this.logs.resolve(PROJECT + "/session.jsonl");
		Files.createDirectories(file.getParent());
		Files.writeString(file, """
				{"type":"user","message":{"role":"user","content":"my token is %s, use it"}}
				{"type":"user","message":{"role":"user","content":"message 2"}}
				""".formatted(secret));
		Passage second = passage("session", false, 2, 1, 0);
		assertThat(around(second, 1)).extracting(ConversationLog.Said::text)
			.containsExactly("my token is [REDACTED:github-token], use it", "message 2");
		assertThat(ConversationLog.of(this.logs, second).orElseThrow().around(second, 1, false))
			.extracting(ConversationLog.Said::text)
			.containsExactly("my token is " + secret + ", use it", "message 2");
	}

	@Test
	void findsTheTranscriptOfASubagent() throws IOException {
		write(PROJECT + "/session/subagents/agent-1.jsonl", 3);
		assertThat(around(passage("agent-1", true, 1, 1, 0), 0)).extracting(ConversationLog.Said::text)
			.containsExactly("message 1");
		assertThat(ConversationLog.of(this.logs, passage("agent-1", false, 1, 1, 0))).isEmpty();
	}

	@Test
	void findsNothingOfAPassageBehindTheEndOfTheLog() throws IOException {
		write(PROJECT + "/session.jsonl", 3);
		assertThat(around(passage("session", false, 100, 3, 0), 2)).noneMatch(ConversationLog.Said::found);
	}

	@ParameterizedTest
	@CsvSource({ "-home-dev-app, gone", "-gone, session", "../outside, session", "-home-dev-app, ../secret",
			"'', session", "., session" })
	void findsNoLogOutsideOfTheLogs(String project, String conversation) throws IOException {
		write(PROJECT + "/session.jsonl", 3);
		write("secret.jsonl", 3);
		write("session.jsonl", 3);
		Passage passage = new Passage(0, null, null, "", 1, project, conversation, "", false, 0, 1, 1, "",
				new Excerpt("user", "", List.of()), 0);
		assertThat(ConversationLog.of(this.logs, passage)).isEmpty();
	}

	private void write(String name, int messages) throws IOException {
		Path file = this.logs.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, IntStream.rangeClosed(1, messages).mapToObj((number) -> """
				{"type":"user","message":{"role":"user","content":"message %d"}}
				""".formatted(number)).collect(Collectors.joining()));
	}

	private List<ConversationLog.Said> around(Passage passage, int context) throws IOException {
		return ConversationLog.of(this.logs, passage).orElseThrow().around(passage, context, true);
	}

	private static Passage passage(String conversation, boolean sidechain, @Nullable Integer line,
			@Nullable Integer messages, int chunk) {
		return new Passage(0, null, null, "", 1, PROJECT, conversation, "", sidechain, chunk, line, messages, "",
				new Excerpt("user", "", List.of()), 0);
	}

}
