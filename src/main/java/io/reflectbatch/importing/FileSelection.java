package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.reflectbatch.conversation.ListedFile;
import io.reflectbatch.conversation.PathPatterns;
import org.jspecify.annotations.Nullable;

/**
 * Which of the conversation logs are read: those that the settings include, and neither
 * they nor the file {@code .reflectignore} in the logs directory exclude. What is not
 * selected is not opened; what was imported of it before stays.
 */
final class FileSelection {

	static final String IGNORE_FILE = ".reflectignore";

	private final PathPatterns included;

	private final PathPatterns excluded;

	private final @Nullable Instant since;

	private final @Nullable Instant until;

	private final String fingerprint;

	private FileSelection(SourceProperties source, List<String> ignored) {
		this.included = patterns("reflect.source.include", source.include());
		List<String> excluded = new ArrayList<>(ignored);
		patterns("reflect.source.exclude", source.exclude());
		excluded.addAll(source.exclude());
		this.excluded = patterns(source.logs().resolve(IGNORE_FILE).toString(), excluded);
		PointInTime times = PointInTime.here();
		this.since = (source.since() != null) ? times.start("reflect.source.since", source.since()) : null;
		this.until = (source.until() != null) ? times.end("reflect.source.until", source.until()) : null;
		this.fingerprint = fingerprint(source, excluded);
	}

	private static PathPatterns patterns(String where, List<String> lines) {
		try {
			return PathPatterns.of(lines);
		}
		catch (IllegalArgumentException ex) {
			throw new SelectionException(where + ", " + ex.getMessage(), ex);
		}
	}

	/**
	 * Reads the selection.
	 * @param source the settings
	 * @throws SelectionException if a pattern is none, or the file cannot be read: rather
	 * nothing is imported than too much
	 */
	static FileSelection of(SourceProperties source) {
		return new FileSelection(source, ignored(source.logs().resolve(IGNORE_FILE)));
	}

	private static List<String> ignored(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (CharacterCodingException ex) {
			throw new SelectionException(file + " is not UTF-8", ex);
		}
		catch (IOException ex) {
			throw new SelectionException(
					file + " cannot be read (" + ex.getClass().getSimpleName() + "). Make it readable or remove it",
					ex);
		}
	}

	private static String fingerprint(SourceProperties source, List<String> excluded) {
		if (source.include().isEmpty() && excluded.isEmpty() && source.since() == null && source.until() == null) {
			return "all";
		}
		int hash = List.of(source.include(), excluded, String.valueOf(source.since()), String.valueOf(source.until()))
			.hashCode();
		return HexFormat.of().toHexDigits(hash);
	}

	/**
	 * Returns whether a file is read.
	 * @param path its path below the logs directory, separated by slashes
	 * @param modified when it was last written
	 */
	boolean selects(String path, Instant modified) {
		return hasPath(path) && hasTime(modified);
	}

	private boolean hasPath(String path) {
		return (this.included.isEmpty() || this.included.match(path)) && !this.excluded.match(path);
	}

	private boolean hasTime(Instant modified) {
		return (this.since == null || !modified.isBefore(this.since))
				&& (this.until == null || modified.isBefore(this.until));
	}

	/**
	 * Returns whether a file is read.
	 * @param root the logs directory
	 */
	boolean selects(Path root, ListedFile listed) {
		return selects(Planner.relative(root, listed.file().path()), listed.modified());
	}

	/**
	 * Returns a word that is the same as long as the same files are wanted.
	 */
	String fingerprint() {
		return this.fingerprint;
	}

}
