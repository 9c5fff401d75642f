package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

import io.reflectbatch.cli.SearchCommand.Answer;
import io.reflectbatch.search.ConversationLog;
import io.reflectbatch.search.Excerpt;
import io.reflectbatch.search.Passage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code search} prints, with fixed data.
 */
@ExtendWith(Elsewhere.class)
class SearchReportTests {

	private static final Answer FIRST = new Answer(1, new Passage(0.984, 0.612, 12.5, "conv_0123abcd_local",
			4611686018427387904L, "-home-dev-app", "session", "2026-01-31T22:15:00.123Z", false, 7, 42, 3,
			"USER: how do I stop it?\nASSISTANT: docker stop NAME stops a running container. "
					+ "It sends SIGTERM first, and SIGKILL after ten seconds.",
			new Excerpt("assistant",
					"docker stop NAME stops a running container. It sends SIGTERM first, and SIGKILL after ten seconds.",
					List.of(new Excerpt.Match(7, 11), new Excerpt.Match(25, 32), new Excerpt.Match(33, 42))),
			2), new ConversationLog(Path.of("/logs/-home-dev-app/session.jsonl")));

	/** As the Python importer has written it, and its log is gone. */
	private static final Answer SECOND = new Answer(2,
			new Passage(0.5, null, 3.25, "conv_0123abcd_local", 17, "-home-dev-\u6570\u636e\u5e93", "old",
					"2025-07-01T08:00:00.5", false, 0, null, null, "USER: \u6211\u4eec\u7684 \ud83d\udd25",
					new Excerpt("user",
							"\u6211\u4eec\u7684\u6570\u636e\u5e93\u8fde\u63a5\u6c60\u7528\u5b8c\u4e86 \ud83d\udd25 "
								.repeat(3)
								.strip(),
							List.of(new Excerpt.Match(3, 6))),
					0),
			null);

	private static final List<ConversationLog.Said> MESSAGES = List.of(
			new ConversationLog.Said(40, "user", "before\n".repeat(20), false),
			new ConversationLog.Said(42, "assistant", "docker stop NAME\n\u001b[2Jstops it\n", true),
			new ConversationLog.Said(44, "user", "\u8c22\u8c22", false));

	private final StringWriter out = new StringWriter();

	private final Console console = new Console(new PrintWriter(this.out));

	@Test
	void printsPassagesInColumns() {
		report(false, 60).print(List.of(FIRST, SECOND));
		GoldenFile.assertEqual("search.txt", this.out.toString());
	}

	@Test
	void emphasisesOnATerminal() {
		report(true, 60).print(List.of(FIRST));
		String printed = this.out.toString();
		assertThat(printed).contains("docker \u001b[1;33mstop\u001b[0m NAME", "\u001b[1m-home-dev-app\u001b[0m");
		this.out.getBuffer().setLength(0);
		report(false, 60).print(List.of(FIRST));
		assertThat(printed.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(this.out.toString());
	}

	@Test
	void noLineIsWiderThanTheTerminal() {
		report(false, 60).print(List.of(SECOND));
		assertThat(this.out.toString().lines().filter((line) -> line.contains("\u6c60"))).isNotEmpty()
			.allSatisfy((line) -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(60));
	}

	@Test
	void opensAPassage() {
		report(false, 80).print(FIRST, MESSAGES);
		GoldenFile.assertEqual("search-open.txt", this.out.toString());
		assertThat(this.out.toString()).doesNotContain("\u001b");
	}

	@Test
	void printsWhatTheStoreHasWhereTheLogIsGone() {
		report(false, 80).printStored(SECOND);
		assertThat(this.out.toString()).contains("old.jsonl (not among the logs)", "This is what the store has kept",
				"\u6211\u4eec\u7684");
	}

	@Test
	void printsJson() {
		this.console.json(List.of(SearchCommand.Found.of(FIRST), SearchCommand.Found.of(SECOND)));
		GoldenFile.assertEqual("search.json", this.out.toString());
	}

	@Test
	void printsAnOpenedPassageAsJson() {
		this.console.json(SearchCommand.Opened.of(FIRST, MESSAGES));
		GoldenFile.assertEqual("search-open.json", this.out.toString());
	}

	private SearchReport report(boolean terminal, int width) {
		return new SearchReport(this.console, new SearchReport.Style(terminal), width);
	}

}
