package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects the conversation logs while a logs directory is walked. Which those are,
 * {@code watch.LogLayout} repeats.
 */
final class LogVisitor extends SimpleFileVisitor<Path> {

	private static final String EXTENSION = ".jsonl";

	/**
	 * Kept by newer versions beside the transcripts.
	 */
	private static final String JOURNAL = "journal" + EXTENSION;

	private static final int PROJECT_FILE = 2;

	private static final int SUBAGENTS_DIRECTORY = 3;

	private final Path logs;

	private final boolean topLevelOnly;

	private final List<ListedFile> files = new ArrayList<>();

	private final List<LogListing.Problem> problems = new ArrayList<>();

	LogVisitor(Path logs, boolean topLevelOnly) {
		this.logs = logs;
		this.topLevelOnly = topLevelOnly;
	}

	List<ListedFile> files() {
		return this.files;
	}

	List<LogListing.Problem> problems() {
		return this.problems;
	}

	@Override
	public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
		return isOther(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
		if (attributes.isRegularFile() && isTranscript(file)) {
			if (hasText(file)) {
				this.files.add(listed(file, attributes));
			}
			else {
				this.problems.add(new LogListing.Problem(file, "its path is not UTF-8; rename it"));
			}
		}
		return FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
		if (path.equals(this.logs)) {
			throw failure;
		}
		if (!isOther(path)) {
			this.problems.add(new LogListing.Problem(path, reason(failure)));
		}
		return FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
		if (failure != null) {
			return visitFileFailed(directory, failure);
		}
		return FileVisitResult.CONTINUE;
	}

	/**
	 * Sessions keep other directories, for example {@code tool-results}.
	 */
	private boolean isOther(Path path) {
		return depth(path) == SUBAGENTS_DIRECTORY && !ConversationFiles.SUBAGENTS.equals(name(path));
	}

	private boolean isTranscript(Path file) {
		String name = name(file);
		int depth = depth(file);
		if (!name.endsWith(EXTENSION) || depth < PROJECT_FILE) {
			return false;
		}
		if (depth == PROJECT_FILE) {
			return this.topLevelOnly || !name.equals(JOURNAL);
		}
		return ConversationFiles.isOfSubagent(this.logs.relativize(file));
	}

	/**
	 * A path is bytes on Linux. As text, by which it is remembered, it must lead to the
	 * same file.
	 */
	private static boolean hasText(Path file) {
		try {
			return file.equals(file.getFileSystem().getPath(file.toString()));
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	private ListedFile listed(Path file, BasicFileAttributes attributes) {
		String name = name(file);
		Path relative = this.logs.relativize(file);
		String project = relative.getName(0).toString();
		String conversationId = name.substring(0, name.length() - EXTENSION.length());
		return new ListedFile(
				new ConversationFile(file, project, conversationId, ConversationFiles.isSidechain(relative)),
				attributes.size(), attributes.lastModifiedTime().toInstant());
	}

	private int depth(Path path) {
		return path.getNameCount() - this.logs.getNameCount();
	}

	private static String name(Path path) {
		Path name = path.getFileName();
		return (name != null) ? name.toString() : "";
	}

	private static String reason(IOException failure) {
		return switch (failure) {
			case AccessDeniedException denied -> "permission denied";
			case FileSystemLoopException loop -> "a symbolic link that leads back to a directory above it";
			case NoSuchFileException gone -> "it disappeared while the logs were listed";
			default -> String.valueOf(failure.getMessage());
		};
	}

}
