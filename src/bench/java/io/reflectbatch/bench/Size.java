package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.reflectbatch.conversation.SyntheticLogs;

/**
 * How many logs are made up: a session in two files, the others are transcripts of
 * subagents.
 */
enum Size {

	/** 50 files. */
	SMALL(5, 5, 400, 2),

	/** 1,000 files, about 10,000 chunks as the Python importer makes them. */
	SEED(10, 50, 430, 3),

	/** 20,000 short files. */
	LARGE(200, 50, 40, 1);

	private static final long SEED_OF_CHANCE = 20_261_124;

	/** So that the longest of a thousand sessions is some thirty times the median. */
	private static final double SPREAD = 1.1;

	private static final String COMPLETE = ".complete";

	private final int projects;

	private final int sessions;

	private final int lines;

	private final int rounds;

	Size(int projects, int sessions, int lines, int rounds) {
		this.projects = projects;
		this.sessions = sessions;
		this.lines = lines;
		this.rounds = rounds;
	}

	int rounds() {
		return this.rounds;
	}

	/**
	 * Makes up the logs unless they are there from the last time.
	 * @param work the directory of the benchmark
	 * @return the logs directory
	 */
	Path logs(Path work) throws IOException {
		Path logs = work.resolve("logs-" + name().toLowerCase(Locale.ROOT));
		Path complete = logs.resolve(COMPLETE);
		if (!Files.exists(complete)) {
			FileTree.delete(logs);
			SyntheticLogs.Counts counts = SyntheticLogs.seeded(SEED_OF_CHANCE)
				.projects(this.projects)
				.filesPerProject(this.sessions)
				.linesPerFile(this.lines)
				.spread(SPREAD)
				.writeTo(logs);
			Files.writeString(complete, counts.toString());
		}
		return logs;
	}

}
