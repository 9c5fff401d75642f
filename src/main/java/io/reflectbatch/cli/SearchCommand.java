package io.reflectbatch.cli;

import java.util.List;

import io.reflectbatch.search.ConversationSearch;
import io.reflectbatch.search.Passage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;

/**
 * Finds what was said.
 */
@Command(name = "search", description = "Find what was said.")
final class SearchCommand extends SpringCommand {

	private static final int EXCERPT = 350;

	@Parameters(paramLabel = "TEXT", arity = "1..*", description = "What to look for, in any words.")
	private List<String> words = List.of();

	@Option(names = "--limit", paramLabel = "N", defaultValue = "5", description = "How many passages (default: 5).")
	private int limit;

	@Mixin
	private StoreOptions store = new StoreOptions();

	SearchCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.store.settings();
	}

	@Override
	ExitCode call(ApplicationContext context) {
		if (this.limit < 1) {
			throw new UsageException("--limit is '" + this.limit + "'; expected 1 or more");
		}
		String question = String.join(" ", this.words);
		if (question.isBlank()) {
			throw new UsageException("TEXT is empty; say in some words what to look for");
		}
		List<Passage> passages = context.getBean(ConversationSearch.class).search(question, this.limit);
		if (json()) {
			console().json(passages);
		}
		else if (passages.isEmpty()) {
			console().line("Nothing found. Has anything been imported? See: reflect history");
		}
		else {
			passages.forEach(this::print);
		}
		return ExitCode.COMPLETED;
	}

	private void print(Passage passage) {
		Console console = console();
		console.line("%.3f  %s  %s  %s", passage.score(), passage.timestamp(), passage.project(),
				passage.conversationId());
		console.line("       %s%n", excerpt(passage.text()));
	}

	private static String excerpt(String text) {
		String line = text.replaceAll("\\s+", " ");
		return (line.length() <= EXCERPT) ? line
				: line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, EXCERPT))) + " …";
	}

}
