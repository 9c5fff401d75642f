package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultRuleTests {

	@TempDir
	Path directory;

	@Test
	void selectsWhatTheUserAndTheAssistantSaid() throws IOException {
		assertSelected("{'type':'user','message':{'role':'user','content':'hello'}}", "user", "hello", Origin.LINE);
		assertSelected(
				"{'type':'assistant','message':{'role':'assistant','content':[{'type':'text','text':'hi'},{'type':'tool_use'}]}}",
				"assistant", "hi", Origin.LINE);
		assertSelected("{'message':{'role':'user','content':'hello'}}", "user", "hello", Origin.LINE);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "tool_result, TOOL_RESULT", "tool_use, TOOL_USE", "thinking, THINKING",
			"image, MEDIA", "something, NO_TEXT" })
	void skipsMessagesWithoutText(String type, SkipReason reason) throws IOException {
		assertSkipped("{'type':'user','message':{'role':'user','content':[{'type':'" + type + "','content':'x'}]}}",
				reason);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "isMeta, META", "isCompactSummary, COMPACT_SUMMARY", "isApiErrorMessage, API_ERROR" })
	void skipsMarkedLines(String mark, SkipReason reason) throws IOException {
		assertSkipped("{'type':'user','message':{'role':'user','content':'x'},'" + mark + "':true}", reason);
		assertSelected("{'type':'user','message':{'role':'user','content':'x'},'" + mark + "':false}", "user", "x",
				Origin.LINE);
	}

	@Test
	void skipsSummariesOfCompactedSessionsThatAreNotMarked() throws IOException {
		String summary = "This session is being continued from a previous conversation that ran out of context";
		assertSkipped(user(summary + ". The conversation is summarized below:\\nAnalysis"), SkipReason.COMPACT_SUMMARY);
		assertSkipped("{'type':'user','message':{'role':'user','content':[{'type':'text','text':'" + summary + ".'}]}}",
				SkipReason.COMPACT_SUMMARY);
		assertSelected(user("Why do I read: " + summary), "user", "Why do I read: " + summary, Origin.LINE);
		assertSelected("{'type':'assistant','message':{'role':'assistant','content':'" + summary + "'}}", "assistant",
				summary, Origin.LINE);
	}

	@Test
	void skipsSyntheticMessages() throws IOException {
		assertSkipped(
				"{'type':'assistant','message':{'role':'assistant','model':'<synthetic>','content':'No response'}}",
				SkipReason.SYNTHETIC);
	}

	@Test
	void skipsBlankTexts() throws IOException {
		assertSkipped("{'type':'assistant','message':{'role':'assistant','content':[{'type':'text','text':'\\n\\n'}]}}",
				SkipReason.BLANK);
	}

	@Test
	void skipsWhatIsOnlyAWrapper() throws IOException {
		assertSkipped(user("<command-name>/clear</command-name>\\n   <command-message>clear</command-message>"),
				SkipReason.WRAPPER);
		assertSkipped(user("[Request interrupted by user for tool use]"), SkipReason.WRAPPER);
		assertSelected(user("<system-reminder>x</system-reminder>\\n look here "), "user", "look here", Origin.LINE);
	}

	@Test
	void selectsWhatWasTypedBehindTheNameOfACommand() throws IOException {
		assertSelected(user("<command-message>review</command-message>\\n<command-name>/review</command-name>\\n"
				+ "<command-args>the last change</command-args>"), "user", "the last change", Origin.LINE);
	}

	@Test
	void leavesWrappersThatTheAssistantQuotes() throws IOException {
		assertSelected("{'type':'assistant','message':{'role':'assistant','content':'<command-name>x</command-name>'}}",
				"assistant", "<command-name>x</command-name>", Origin.LINE);
	}

	@Test
	void selectsPromptsTypedWhileTheAssistantWasBusy() throws IOException {
		assertSelected(
				"{'type':'attachment','attachment':{'type':'queued_command','prompt':'go on','origin':{'kind':'human'}}}",
				"user", "go on", Origin.ATTACHMENT);
		assertSelected("{'type':'queue-operation','operation':'enqueue','content':'go on'}", "user", "go on",
				Origin.QUEUE);
	}

	@Test
	void skipsQueuedCommandsThatNobodyTyped() throws IOException {
		assertSkipped(
				"{'type':'attachment','attachment':{'type':'queued_command','prompt':'x','origin':{'kind':'task-notification'}}}",
				SkipReason.NOT_TYPED);
		assertSkipped("{'type':'attachment','attachment':{'type':'queued_command','prompt':'x'}}",
				SkipReason.NOT_TYPED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/model", " /ide\\n", "/superpowers:write-plan" })
	void skipsQueuedSlashCommands(String command) throws IOException {
		assertSkipped("{'type':'queue-operation','operation':'enqueue','content':'" + command + "'}",
				SkipReason.COMMAND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/review the last change", "/tmp/log.txt", "??" })
	void selectsOtherQueuedTexts(String text) throws IOException {
		assertSelected("{'type':'queue-operation','operation':'enqueue','content':'" + text + "'}", "user", text,
				Origin.QUEUE);
	}

	@Test
	void skipsQueuedNotifications() throws IOException {
		assertSkipped(
				"{'type':'queue-operation','operation':'enqueue','content':'"
						+ "<task-notification>x</task-notification>\\nFull transcript available at: /tmp/x.output'}",
				SkipReason.WRAPPER);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = ';', value = {
			"WRAPPERS; {'type':'user','message':{'role':'user','content':'<bash-stdout>x</bash-stdout>'}}",
			"META; {'type':'user','isMeta':true,'message':{'role':'user','content':'x'}}",
			"COMPACT_SUMMARIES; {'type':'user','isCompactSummary':true,'message':{'role':'user','content':'x'}}",
			"API_ERRORS; {'type':'assistant','isApiErrorMessage':true,'message':{'role':'assistant','content':'x'}}",
			"SYNTHETIC; {'type':'assistant','message':{'role':'assistant','model':'<synthetic>','content':'x'}}",
			"COMMANDS; {'type':'queue-operation','operation':'enqueue','content':'/model'}",
			"NOT_TYPED; {'type':'attachment','attachment':{'type':'queued_command','prompt':'x'}}" })
	void keepsOneKindOfNoiseToMeasureWhatItIs(Noise noise, String line) throws IOException {
		assertThat(select(new DefaultRule(Set.of(noise)), line)).isInstanceOf(Selection.Selected.class);
		assertThat(select(new DefaultRule(EnumSet.complementOf(EnumSet.of(noise))), line)).as("all but that")
			.isInstanceOf(Selection.Skipped.class);
	}

	@Test
	void keepsWrappersAsTheyAre() throws IOException {
		String text = "<system-reminder>x</system-reminder>and now";
		assertThat(select(new DefaultRule(Set.of(Noise.WRAPPERS)), user(text)))
			.isEqualTo(new Selection.Selected("user", text, Origin.LINE));
	}

	@Test
	void skipsTitles() throws IOException {
		assertSkipped("{'type':'summary','summary':'Fix it'}", SkipReason.TITLE);
	}

	@Test
	void countsLinesOfOtherTypesByType() throws IOException {
		assertThat(label("{'type':'progress','data':{'message':{'role':'user','content':'x'}}}"))
			.isEqualTo("progress lines");
		assertThat(label("{'type':'queue-operation','operation':'dequeue'}")).isEqualTo("queue-operation lines");
		assertThat(label("{'silly':'this'}")).isEqualTo("lines without type");
		assertThat(label("{'type':'system','content':'x','message':{'role':'user','content':'x'}}"))
			.isEqualTo("system lines");
		assertThat(label("{'type':'" + "x".repeat(1000) + "'}")).hasSizeLessThan(50);
		assertThat(label("{'type':'" + "x".repeat(39) + "\uD83D\uDE00 and more'}")).as("half an emoji")
			.isEqualTo("x".repeat(39) + " lines");
	}

	private String label(String line) throws IOException {
		return ((Selection.Skipped) select(line)).label();
	}

	private static String user(String text) {
		return "{'type':'user','message':{'role':'user','content':'" + text + "'}}";
	}

	private void assertSelected(String line, String role, String text, Origin origin) throws IOException {
		assertThat(select(line)).isEqualTo(new Selection.Selected(role, text, origin));
	}

	private void assertSkipped(String line, SkipReason reason) throws IOException {
		assertThat(select(line)).isInstanceOfSatisfying(Selection.Skipped.class,
				(skipped) -> assertThat(skipped.reason()).isEqualTo(reason));
	}

	private Selection select(String line) throws IOException {
		return select(new DefaultRule(), line);
	}

	private Selection select(DefaultRule rule, String line) throws IOException {
		return rule.select(LogFile.in(this.directory).append(line.replace('\'', '"'), "\n").readOne());
	}

}
