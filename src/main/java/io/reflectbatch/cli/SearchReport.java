package io.reflectbatch.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.reflectbatch.cli.SearchCommand.Answer;
import io.reflectbatch.search.ConversationLog;
import io.reflectbatch.search.Excerpt;
import io.reflectbatch.search.Passage;
import io.reflectbatch.store.Timestamps;

/**
 * Prints what a search has found.
 */
final class SearchReport {

	private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

	private static final String INDENT = "    ";

	private static final int NARROWEST = 40;

	private static final int WIDEST = 120;

	private static final int LINES_AROUND = 12;

	private final Console console;

	private final Style style;

	private final int width;

	SearchReport(Console console, Style style, int width) {
		this.console = console;
		this.style = style;
		this.width = Math.clamp((long) width - INDENT.length(), NARROWEST, WIDEST);
	}

	void print(List<Answer> answers) {
		int roles = widest(answers.stream().map(Answer::role).toList());
		int times = widest(answers.stream().map((answer) -> time(answer.passage())).toList());
		for (Answer answer : answers) {
			Passage passage = answer.passage();
			this.console.line("%s  %s  %s  %s  %s", this.style.strong(Console.format("%2d", answer.rank())),
					Console.format("%.3f", passage.score()), TextWidth.padded(time(passage), times),
					TextWidth.padded(oneLine(answer.role()), roles), this.style.strong(oneLine(passage.project())));
			excerpt(passage.excerpt());
			this.console.line("%s%s%s%n", INDENT, this.style.faint(place(answer)), more(passage));
		}
	}

	private static int widest(List<String> texts) {
		return texts.stream().mapToInt(TextWidth::of).max().orElse(0);
	}

	private static String time(Passage passage) {
		return Timestamps.parse(passage.timestamp())
			.map((instant) -> MINUTE.format(instant.atZone(ZoneId.systemDefault())))
			.orElse(oneLine(passage.timestamp()));
	}

	private void excerpt(Excerpt excerpt) {
		List<Integer> starts = TextWidth.lines(excerpt.text(), this.width);
		for (int i = 0; i + 1 < starts.size(); i++) {
			this.console.line("%s%s", INDENT, highlighted(excerpt, starts.get(i), starts.get(i + 1)).stripTrailing());
		}
	}

	private String highlighted(Excerpt excerpt, int start, int end) {
		StringBuilder line = new StringBuilder();
		int done = start;
		for (Excerpt.Match match : excerpt.matches()) {
			int from = Math.clamp(match.start(), done, end);
			int to = Math.clamp(match.end(), from, end);
			line.append(excerpt.text(), done, from);
			if (from < to) {
				line.append(this.style.match(excerpt.text().substring(from, to)));
			}
			done = to;
		}
		return line.append(excerpt.text(), done, end).toString();
	}

	private static String place(Answer answer) {
		Passage passage = answer.passage();
		if (answer.file() == null) {
			return oneLine(passage.conversationId()) + ".jsonl (not among the logs)";
		}
		return oneLine(answer.file()) + ((passage.line() != null) ? ":" + passage.line() : "");
	}

	private static String more(Passage passage) {
		return switch (passage.more()) {
			case 0 -> "";
			case 1 -> "  and 1 more passage of it";
			default -> "  and " + passage.more() + " more passages of it";
		};
	}

	void print(Answer answer, List<ConversationLog.Said> messages) {
		this.console.line("%s  %s%n%s%n", this.style.strong(oneLine(answer.passage().project())),
				time(answer.passage()), this.style.faint(place(answer)));
		for (ConversationLog.Said message : messages) {
			String heading = Console.format("%s line %d  %s", message.found() ? ">" : " ", message.line(),
					oneLine(message.role()));
			this.console.line("%s", message.found() ? this.style.strong(heading) : this.style.faint(heading));
			text(message.text(), message.found() ? Integer.MAX_VALUE : LINES_AROUND);
		}
	}

	/**
	 * Prints what the store has, for there is nothing else.
	 */
	void printStored(Answer answer) {
		this.console.line("%s  %s%n%s%nThis is what the store has kept of it:%n",
				this.style.strong(oneLine(answer.passage().project())), time(answer.passage()),
				this.style.faint(place(answer)));
		text(answer.passage().text(), Integer.MAX_VALUE);
	}

	private void text(String text, int most) {
		List<String> lines = new ArrayList<>(text.strip().lines().toList());
		for (String line : lines.subList(0, Math.min(most, lines.size()))) {
			this.console.line("%s%s", INDENT, harmless(line).stripTrailing());
		}
		if (lines.size() > most) {
			this.console.line("%s%s", INDENT, this.style.faint(Console.format("… %d more lines", lines.size() - most)));
		}
		this.console.line("");
	}

	private static String oneLine(String text) {
		return harmless(text).replace('\t', ' ');
	}

	/**
	 * A log may hold what a terminal would obey.
	 */
	private static String harmless(String text) {
		return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "\uFFFD");
	}

	/**
	 * How a terminal emphasises; not at all where there is none.
	 *
	 * @param terminal whether there is one
	 */
	record Style(boolean terminal) {

		private static final String RESET = "\u001b[0m";

		String strong(String text) {
			return styled("\u001b[1m", text);
		}

		String faint(String text) {
			return styled("\u001b[2m", text);
		}

		String match(String text) {
			return styled("\u001b[1;33m", text);
		}

		private String styled(String code, String text) {
			return this.terminal ? code + text + RESET : text;
		}

	}

}
