package io.reflectbatch.conversation;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WellFormedTests {

	@Test
	void leavesAWellFormedTextAsItIs() {
		String text = "aé你😀\n\uFFFF";
		assertThat(WellFormed.of(text)).isSameAs(text);
	}

	@Test
	void replacesLoneSurrogatesAndNul() {
		assertThat(WellFormed.of("\uD83D")).isEqualTo("\uFFFD");
		assertThat(WellFormed.of("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
		assertThat(WellFormed.of("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFD");
		assertThat(WellFormed.of("a\0b\0😀\0")).isEqualTo("a\uFFFDb\uFFFD😀\uFFFD");
	}

}
