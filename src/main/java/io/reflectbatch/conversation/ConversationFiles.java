package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds the conversation logs below a logs directory.
 * <p>
 * The layout is {@code <logs>/<project>/<session>.jsonl} and, for subagents,
 * {@code <logs>/<project>/<session>/subagents/**}{@code /agent-<hex>.jsonl}. Symbolic
 * links are followed, but never in circles. Every file is asked for its attributes once.
 */
public final class ConversationFiles {

	static final String SUBAGENTS = "subagents";

	private static final String AGENT_PREFIX = "agent-";

	/** The index of its name in a path below the logs. */
	private static final int SUBAGENTS_DIRECTORY = 2;

	private static final int TOP_LEVEL = 2;

	private static final Set<FileVisitOption> FOLLOW_LINKS = EnumSet.of(FileVisitOption.FOLLOW_LINKS);

	private static final Comparator<ListedFile> ORDER = Comparator
		.comparing((ListedFile listed) -> listed.file().project())
		.thenComparing((listed) -> listed.file().path().toString());

	private ConversationFiles() {
	}

	/**
	 * Lists the conversation logs below a directory. What cannot be read is reported and
	 * left out.
	 * @param logs the logs directory, which holds one directory a project
	 * @param topLevelOnly whether to list what the reference importer does: every
	 * {@code *.jsonl} directly in a project directory, and nothing below
	 * @throws NoSuchFileException if the logs directory does not exist
	 * @throws NotDirectoryException if it is not a directory
	 * @throws IOException if it cannot be listed
	 */
	public static LogListing below(Path logs, boolean topLevelOnly) throws IOException {
		requireDirectory(logs);
		LogVisitor visitor = new LogVisitor(logs, topLevelOnly);
		Files.walkFileTree(logs, FOLLOW_LINKS, topLevelOnly ? TOP_LEVEL : Integer.MAX_VALUE, visitor);
		return new LogListing(visitor.files().stream().sorted(ORDER).toList(), visitor.problems());
	}

	private static void requireDirectory(Path logs) throws IOException {
		if (!Files.exists(logs)) {
			throw new NoSuchFileException(logs.toString(), null, "the logs directory does not exist");
		}
		if (!Files.isDirectory(logs)) {
			throw new NotDirectoryException(logs.toString());
		}
	}

	/**
	 * Tells whether a path is one of the transcripts of subagents.
	 * @param relative a path below the logs directory
	 */
	public static boolean isOfSubagent(Path relative) {
		return relative.getNameCount() > SUBAGENTS_DIRECTORY + 1
				&& relative.getName(SUBAGENTS_DIRECTORY).toString().equals(SUBAGENTS)
				&& relative.getFileName().toString().startsWith(AGENT_PREFIX);
	}

	/**
	 * Tells whether what a log holds was said by a subagent, of which older versions keep
	 * the transcripts beside the sessions.
	 * @param relative the path of a log below the logs directory
	 */
	public static boolean isSidechain(Path relative) {
		return relative.getNameCount() > SUBAGENTS_DIRECTORY
				|| relative.getFileName().toString().startsWith(AGENT_PREFIX);
	}

}
