package io.reflectbatch.cli;

import java.time.Clock;
import java.util.Locale;

import io.reflectbatch.importing.PointInTime;
import io.reflectbatch.search.SearchProperties;
import io.reflectbatch.search.SearchRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How and where to search.
 */
final class SearchOptions {

	@Option(names = "--limit", paramLabel = "N", defaultValue = "5",
			description = "How many passages at most (default: 5).")
	private int limit;

	@Option(names = "--project", paramLabel = "NAME",
			description = "Only projects with this in their names; . is the project of the current directory.")
	private @Nullable String project;

	@Option(names = "--since", paramLabel = "TIME",
			description = "Only conversations that began then or later: 2026-01-31, 2026-01-31T12:00, or 7d ago (also h, w, m, y).")
	private @Nullable String since;

	@Option(names = "--until", paramLabel = "TIME", description = "Only conversations that began until then.")
	private @Nullable String until;

	@Option(names = "--role", paramLabel = "ROLE", description = "Only what this role says: user or assistant.")
	private @Nullable String role;

	@Option(names = "--mode", paramLabel = "MODE",
			description = "hybrid: by meaning and by words (the default); vector: by meaning; lexical: by words.")
	private @Nullable String mode;

	@Option(names = "--decay", negatable = true,
			description = "Prefer what was said lately; half of the preference is left after 90 days.")
	private @Nullable Boolean decay;

	@Option(names = "--all", description = "Every passage, instead of the best one of each conversation.")
	private boolean all;

	Settings settings() {
		return new Settings().put("reflect.search.mode", this.mode, "--mode")
			.put("reflect.search.decay", this.decay, "--decay");
	}

	SearchRequest request(String question, SearchProperties properties, Clock clock) {
		if (this.limit < 1) {
			throw new UsageException("--limit is '" + this.limit + "'; expected 1 or more");
		}
		try {
			return request(question, properties, new PointInTime(clock));
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private SearchRequest request(String question, SearchProperties properties, PointInTime time) {
		return new SearchRequest(question, this.limit, properties.mode(), properties.preference(), projectName(),
				(this.since != null) ? time.start("--since", this.since) : null,
				(this.until != null) ? time.end("--until", this.until) : null,
				(this.role != null) ? this.role.toLowerCase(Locale.ROOT) : null, !this.all);
	}

	/**
	 * Claude Code names the directory of a project's logs after its path.
	 */
	private @Nullable String projectName() {
		if (!".".equals(this.project)) {
			return this.project;
		}
		return System.getProperty("user.dir").replaceAll("[^A-Za-z0-9]", "-");
	}

}
