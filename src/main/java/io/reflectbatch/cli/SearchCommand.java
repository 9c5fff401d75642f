package io.reflectbatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.search.ConversationLog;
import io.reflectbatch.search.ConversationSearch;
import io.reflectbatch.search.Excerpt;
import io.reflectbatch.search.Passage;
import io.reflectbatch.store.Timestamps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Finds what was said.
 */
@Command(name = "search", description = "Find what was said.")
final class SearchCommand extends SpringCommand {

	private static final int MOST_RANKS = 1000;

	@Parameters(paramLabel = "TEXT", arity = "0..*",
			description = "What to look for, in any words. A passage must have what is in quotation marks.")
	private List<String> words = List.of();

	@Mixin
	private SearchOptions search = new SearchOptions();

	@Option(names = "--open", paramLabel = "N",
			description = "Print the Nth passage from its log, with what was said around it. The id of a passage (see --json) needs no TEXT.")
	private @Nullable Long open;

	@Option(names = "--context", paramLabel = "N", defaultValue = "2",
			description = "How many messages before and after it --open prints (default: 2).")
	private int context;

	@Option(names = "--logs", paramLabel = "DIR",
			description = "The directory with one directory a project (LOGS_DIR; default: ~/.claude/projects).")
	private @Nullable Path logs;

	@Mixin
	private StoreOptions store = new StoreOptions();

	SearchCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		requireQuestion();
		return this.store.settings().putAll(this.search.settings()).put("reflect.source.logs", this.logs, "--logs");
	}

	private void requireQuestion() {
		if (!opensById() && question().isBlank()) {
			throw new ParameterException(commandLine(), "TEXT is empty; say in some words what to look for");
		}
		if (this.context < 0 || (this.open != null && this.open < 0)) {
			throw new ParameterException(commandLine(), "--context and --open take 0 or more");
		}
	}

	private boolean opensById() {
		return this.open != null && this.open > MOST_RANKS;
	}

	private String question() {
		return String.join(" ", this.words);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		List<Answer> answers = answers(context);
		if (this.open != null) {
			return open(answers, this.open, context.getBean(JobProperties.class).redaction().enabled());
		}
		if (json()) {
			console().json(answers.stream().map(Found::of).toList());
		}
		else if (answers.isEmpty()) {
			console().line(
					"Nothing found in the store %s. Has anything been imported into it? See: reflect history."
							+ " Another store is named with --store or QDRANT_URL",
					context.getBean(JobProperties.class).store().name());
		}
		else {
			report().print(answers);
		}
		return ExitCode.COMPLETED;
	}

	private List<Answer> answers(ApplicationContext context) {
		JobProperties job = context.getBean(JobProperties.class);
		List<Answer> answers = new ArrayList<>();
		for (Passage passage : passages(context.getBean(ConversationSearch.class), job)) {
			answers.add(new Answer(answers.size() + 1, passage, log(job.source().logs(), passage).orElse(null)));
		}
		return answers;
	}

	private List<Passage> passages(ConversationSearch conversations, JobProperties job) {
		if (this.open != null && this.open > MOST_RANKS) {
			return conversations.find(this.open).stream().toList();
		}
		return conversations
			.search(this.search.request(question(), job.search(), Clock.system(ZoneId.systemDefault())));
	}

	private static Optional<ConversationLog> log(Path logs, Passage passage) {
		try {
			return ConversationLog.of(logs, passage);
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private ExitCode open(List<Answer> answers, long reference, boolean redacted) {
		int index = opensById() ? 0 : (int) reference - 1;
		if (index < 0 || index >= answers.size()) {
			throw new UsageException(opensById() ? "No passage has the id " + reference + ". See: reflect search --json"
					: "--open is " + reference + ", but " + answers.size() + " passages were found; see --limit");
		}
		Answer answer = answers.get(index);
		List<ConversationLog.Said> messages = messages(answer, redacted);
		if (json()) {
			console().json(Opened.of(answer, messages));
		}
		else if (messages.stream().noneMatch(ConversationLog.Said::found)) {
			report().printStored(answer);
		}
		else {
			report().print(answer, messages);
		}
		return ExitCode.COMPLETED;
	}

	private List<ConversationLog.Said> messages(Answer answer, boolean redacted) {
		try {
			return (answer.log() != null) ? answer.log().around(answer.passage(), this.context, redacted) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The log " + answer.file() + " cannot be read", ex);
		}
	}

	private SearchReport report() {
		boolean emphasis = Terminal.isOutputPresent() && System.getenv("NO_COLOR") == null;
		return new SearchReport(console(), new SearchReport.Style(emphasis), Terminal.width());
	}

	/**
	 * A passage in the order of the answer.
	 *
	 * @param rank from 1
	 * @param passage what was found
	 * @param log where it comes from; none if the log is gone
	 */
	record Answer(int rank, Passage passage, @Nullable ConversationLog log) {

		@Nullable String file() {
			return (this.log != null) ? this.log.path().toString() : null;
		}

		String role() {
			return this.passage.excerpt().role();
		}

	}

	/**
	 * A passage in JSON. The id is a text, since many programs read numbers as floating
	 * points, which do not have 63 bits.
	 */
	record Found(int rank, String id, double score, @Nullable Double similarity, @Nullable Double wordScore,
			String project, String conversationId, boolean sidechain, @Nullable Instant time, String role,
			String excerpt, List<Excerpt.Match> matches, @Nullable String file, @Nullable Integer line, int chunk,
			int more, String text) {

		static Found of(Answer answer) {
			Passage passage = answer.passage();
			return new Found(answer.rank(), Long.toString(passage.id()), passage.score(), passage.similarity(),
					passage.wordScore(), passage.project(), passage.conversationId(), passage.sidechain(),
					Timestamps.parse(passage.timestamp()).orElse(null), answer.role(), passage.excerpt().text(),
					passage.excerpt().matches(), answer.file(), passage.line(), passage.chunk(), passage.more(),
					passage.text());
		}

	}

	/**
	 * An opened passage in JSON.
	 */
	record Opened(String id, String project, String conversationId, @Nullable String file,
			List<ConversationLog.Said> messages, String text) {

		static Opened of(Answer answer, List<ConversationLog.Said> messages) {
			Passage passage = answer.passage();
			return new Opened(Long.toString(passage.id()), passage.project(), passage.conversationId(), answer.file(),
					messages, passage.text());
		}

	}

}
