package io.reflectbatch.watch;

import java.nio.file.Path;

/**
 * Where below the logs directory an import finds what it reads, whichever
 * {@code source.layout} it has. The rule is that of {@code conversation.LogVisitor},
 * which the watch, knowing no other module, has to repeat; a test holds the two together.
 *
 * @param logs the logs directory
 */
record LogLayout(Path logs) {

	/** Read in the logs directory itself only. */
	private static final String IGNORE_FILE = ".reflectignore";

	private static final int TOP_LEVEL = 1;

	private static final int PROJECT_FILE = 2;

	private static final int SUBAGENTS_DIRECTORY = 3;

	/**
	 * Tells whether an import looks into a directory. Sessions keep large ones that it
	 * passes over, for example {@code tool-results}.
	 * @param directory the logs directory, or one in a directory that is looked into
	 */
	boolean isLookedInto(Path directory) {
		return depth(directory) != SUBAGENTS_DIRECTORY || directory.endsWith("subagents");
	}

	/**
	 * Tells whether an import reads a file.
	 * @param file a file in a directory that is looked into
	 */
	boolean isRead(Path file) {
		String name = file.getFileName().toString();
		int depth = depth(file);
		if (depth == TOP_LEVEL) {
			return name.equals(IGNORE_FILE);
		}
		return name.endsWith(".jsonl")
				&& (depth == PROJECT_FILE || (depth > SUBAGENTS_DIRECTORY && name.startsWith("agent-")));
	}

	private int depth(Path path) {
		return path.getNameCount() - this.logs.getNameCount();
	}

}
