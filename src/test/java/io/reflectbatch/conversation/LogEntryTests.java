package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogEntryTests {

	@TempDir
	Path directory;

	@Test
	void hasWhatTheLineSays() throws IOException {
		LogEntry entry = entry("""
				{"type":"assistant","uuid":"u-1","timestamp":"2025-10-08T02:43:40.858Z","isSidechain":true,
				"isMeta":true,"isCompactSummary":true,"isApiErrorMessage":true,
				"message":{"id":"m","model":"claude","role":"assistant","content":"hello"}}""");
		assertThat(entry).isEqualTo(new LogEntry(0, 1, "assistant", "u-1", "2025-10-08T02:43:40.858Z",
				new LogEntry.Flags(true, true, true, true),
				new LogEntry.Said("assistant", "claude", new LogEntry.Content(true, "hello", Set.of(ContentKind.TEXT))),
				null, null));
	}

	@Test
	void hasNothingThatTheLineDoesNotSay() throws IOException {
		assertThat(entry("{}")).isEqualTo(new LogEntry(0, 1, "", null, null, LogEntry.Flags.NONE, null, null, null));
	}

	@Test
	void doesNotDependOnTheOrderOfKeys() throws IOException {
		LogEntry entry = entry("""
				{"message":{"content":[{"text":"a","type":"text"},{"text":"thought","type":"thinking"}],"role":"user"},
				"isMeta":true,"uuid":"u","type":"user"}""");
		assertThat(content(entry).text()).isEqualTo("a");
		assertThat(entry.flags().meta()).isTrue();
		assertThat(entry.type()).isEqualTo("user");
	}

	@Test
	void takesTheLastOfTwoValuesOfAKey() throws IOException {
		assertThat(content(entry("{\"message\":{\"content\":\"a\",\"content\":[\"b\"]}}")).text()).isEqualTo("b");
	}

	@Test
	void joinsTextsWithLineFeeds() throws IOException {
		LogEntry entry = entry(
				"""
						{"message":{"role":"user","content":[{"type":"text","text":"a"},"b",{"type":"image","source":{"text":"x"}},
						{"type":"tool_result","content":[{"type":"text","text":"x"}]},{"type":"text","text":"c"}]}}""");
		assertThat(content(entry).text()).isEqualTo("a\nb\nc");
		assertThat(content(entry).kinds()).containsExactlyInAnyOrder(ContentKind.TEXT, ContentKind.MEDIA,
				ContentKind.TOOL_RESULT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "42", "true", "{\"type\":\"text\",\"text\":\"a\"}", "\"\"", "[]" })
	void hasNoContentWithoutTextOrItems(String content) throws IOException {
		LogEntry.Content found = content(entry("{\"message\":{\"role\":\"user\",\"content\":" + content + "}}"));
		assertThat(found.present()).isFalse();
		assertThat(found.text()).isEmpty();
	}

	@Test
	void takesTimestampsThatAreNumbersAndNoOthers() throws IOException {
		assertThat(entry("{\"timestamp\":null,\"type\":\"user\"}").timestamp()).isNull();
		assertThat(entry("{\"timestamp\":1753846643.123456}").timestamp()).isEqualTo("1753846643.123456");
	}

	@Test
	void ignoresTimestampsFurtherDown() throws IOException {
		assertThat(entry("{\"snapshot\":{\"timestamp\":\"x\"}}").timestamp()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"summary\",\"summary\":\"Fix it\",\"leafUuid\":\"x\"}",
			"{\"type\":\"ai-title\",\"aiTitle\":\"Fix it\"}",
			"{\"customTitle\":\" Fix it \",\"type\":\"custom-title\"}",
			"{\"type\":\"agent-name\",\"agentName\":\"Fix it\"}", "{\"type\":\"ai-title\",\"title\":\"Fix it\"}" })
	void hasTheTitleOfTheConversation(String line) throws IOException {
		assertThat(entry(line).title()).isEqualTo("Fix it");
	}

	@Test
	void hasNoTitleInOtherLines() throws IOException {
		assertThat(entry("{\"type\":\"user\",\"summary\":\"x\",\"title\":\"y\"}").title()).isNull();
		assertThat(entry("{\"type\":\"summary\",\"summary\":\" \"}").title()).isNull();
	}

	@Test
	void hasThePromptOfAnAttachment() throws IOException {
		assertThat(
				entry("""
						{"attachment":{"origin":{"kind":"human"},"prompt":"go on","type":"queued_command"},"type":"attachment"}""")
					.prompt())
			.isEqualTo(new LogEntry.QueuedPrompt(Origin.ATTACHMENT, "go on", "human"));
		assertThat(
				entry("""
						{"type":"attachment","attachment":{"type":"queued_command","prompt":[{"type":"text","text":"go on"}]}}""")
					.prompt())
			.isEqualTo(new LogEntry.QueuedPrompt(Origin.ATTACHMENT, "go on", null));
		assertThat(entry("{\"type\":\"attachment\",\"attachment\":{\"type\":\"file\",\"prompt\":\"x\"}}").prompt())
			.isNull();
	}

	@Test
	void hasThePromptOfAnEntryIntoTheQueue() throws IOException {
		assertThat(entry("{\"content\":\"go on\",\"operation\":\"enqueue\",\"type\":\"queue-operation\"}").prompt())
			.isEqualTo(new LogEntry.QueuedPrompt(Origin.QUEUE, "go on", null));
		assertThat(entry("{\"type\":\"queue-operation\",\"operation\":\"popAll\",\"content\":\"go on\"}").prompt())
			.isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"message\":\"x\",\"attachment\":[1],\"origin\":1,\"type\":{\"a\":[]},\"uuid\":{}}",
			"{\"message\":null,\"attachment\":null,\"origin\":null,\"type\":null,\"uuid\":null,\"isMeta\":{\"a\":1}}" })
	void toleratesValuesOfOtherShapes(String line) throws IOException {
		assertThat(entry(line)).isEqualTo(new LogEntry(0, 1, "", null, null, LogEntry.Flags.NONE, null, null, null));
	}

	private LogEntry entry(String json) throws IOException {
		return LogFile.in(this.directory).append(json.replace("\n", ""), "\n").readOne();
	}

	private static LogEntry.Content content(LogEntry entry) {
		LogEntry.Said message = entry.message();
		return (message != null) ? message.content() : LogEntry.Content.NONE;
	}

}
