package io.reflectbatch.conversation;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class WrappersTests {

	@ParameterizedTest
	@ValueSource(strings = { "command-name", "command-message", "local-command-stdout", "local-command-stderr",
			"local-command-caveat", "system-reminder", "task-notification", "bash-input", "bash-stdout", "bash-stderr",
			"ide_opened_file", "ide_selection" })
	void removesAWrapperAnywhere(String name) {
		String wrapper = "<" + name + ">line 1\nline <2></" + name + ">";
		assertThat(Wrappers.strip(wrapper)).isEmpty();
		assertThat(Wrappers.strip("before " + wrapper + " between " + wrapper + " after"))
			.isEqualTo("before  between  after");
	}

	@Test
	void keepsWhatWasTypedBehindTheNameOfACommand() {
		assertThat(Wrappers.strip("""
				<command-name>/review</command-name>
				<command-message>review</command-message>
				<command-args>the <b>last</b>
				change</command-args>""")).isEqualTo("\n\nthe <b>last</b>\nchange");
		assertThat(Wrappers.strip("<command-args></command-args>")).isEmpty();
		assertThat(Wrappers
			.strip("<command-args>fix it</command-args><system-reminder>x</system-reminder>, <command-args>please"))
			.isEqualTo("fix it, <command-args>please");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[Request interrupted by user]", "[Request interrupted by user for tool use]" })
	void removesInterruptions(String interruption) {
		assertThat(Wrappers.strip(interruption + " go on")).isEqualTo(" go on");
	}

	@Test
	void removesTheSentenceAfterATaskNotification() {
		assertThat(Wrappers.strip(
				"<task-notification>x</task-notification>\nRead the output file to retrieve the result: /tmp/x\nand me"))
			.isEqualTo("\nand me");
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "a < b [c]", "<div>x</div>", "<system-reminder>never closed",
			"</system-reminder>", "[Request interrupted", "<command-name", "<command-name>x</command-args>" })
	void leavesEverythingElse(String text) {
		assertThat(Wrappers.strip(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<command-name>", "<", "[Request interrupted", "<system-reminder><task-notification>",
			"<command-name></command-name>", "</command-name>", "<command-args>", "<command-args>x</command-args>" })
	void takesLinearTime(String part) {
		// A million steps on the slowest machine, or a million times as many.
		String text = part.repeat(1_000_000 / part.length());
		assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Wrappers.strip(text));
	}

}
