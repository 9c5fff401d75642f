package io.reflectbatch.conversation;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmupTranscriptTests {

	@Test
	void isASubagentThatWasOnlyGreeted() {
		assertThat(WarmupTranscript.isWarmup(file(true), "Warmup")).isTrue();
		assertThat(WarmupTranscript.isWarmup(file(true), "Warmup the cache")).isFalse();
		assertThat(WarmupTranscript.isWarmup(file(false), "Warmup")).isFalse();
	}

	private static ConversationFile file(boolean sidechain) {
		return new ConversationFile(Path.of("agent-1.jsonl"), "project", "agent-1", sidechain);
	}

}
