package io.reflectbatch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.reflectbatch.conversation.ConversationFiles;
import io.reflectbatch.conversation.ReadingPosition;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The bridge to the Python importer: lets it go on where this application stopped, and
 * the other way round.
 */
@Component
public class StateFileBridge {

	private static final int PROJECT_AND_FILE = 2;

	private static final String SUFFIX = ".jsonl";

	private final FileLedger files;

	private final StateFileProperties properties;

	private final TransactionTemplate transaction;

	StateFileBridge(FileLedger files, StateFileProperties properties, PlatformTransactionManager transactions) {
		this.files = files;
		this.properties = properties;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Writes every imported file into a state file.
	 * @param target the state file; replaced as a whole
	 * @return the number of files in it
	 */
	public int export(Path target) {
		AtomicInteger count = new AtomicInteger();
		this.transaction
			.executeWithoutResult((status) -> new StateFile(target).write((entries) -> this.files.forEach((file) -> {
				if (file.status() != KnownFile.Status.PENDING) {
					entries.accept(entry(file));
					count.incrementAndGet();
				}
			})));
		return count.get();
	}

	private StateFileEntry entry(KnownFile file) {
		return new StateFileEntry(this.properties.prefix() + "/" + file.path(), file.stamp().pythonModified(),
				Objects.requireNonNullElse(file.importedAt(), Instant.EPOCH), file.outcome().chunks());
	}

	/**
	 * Takes over what a state file says was imported. Files that this application has
	 * imported itself stay as they are.
	 * @param source the state file
	 * @param logs the logs directory of this machine
	 * @return what was taken over
	 */
	public Adoption adopt(Path source, Path logs) {
		Adoption.Counter counter = new Adoption.Counter();
		this.transaction
			.executeWithoutResult((status) -> new StateFile(source).read((entry) -> adopt(entry, logs, counter)));
		return counter.result();
	}

	private void adopt(StateFileEntry entry, Path logs, Adoption.Counter counter) {
		Optional<Path> path = below(logs, entry.path());
		if (path.isEmpty()) {
			counter.foreign(entry.path());
			return;
		}
		String relative = path.get().toString().replace('\\', '/');
		if (isSettled(path.get(), relative)) {
			counter.known();
			return;
		}
		Optional<FileStamp> stamp = stamp(logs.resolve(path.get()));
		this.files.adopt(adopted(entry, relative, logs, stamp));
		this.files.setPresent(relative, stamp.isPresent());
		counter.adopted(stamp.isPresent(), stamp.isEmpty() || entry.covers(stamp.get()));
	}

	// By its path, or by the ids of its points: a transcript of a subagent may have been
	// moved. What was pruned or put aside stays so.
	private boolean isSettled(Path path, String relative) {
		return this.files.find(relative)
			.filter((known) -> known.status() != KnownFile.Status.PENDING && known.status() != KnownFile.Status.ADOPTED)
			.isPresent()
				|| this.files.find(path.getName(0).toString(), conversationId(path))
					.filter((known) -> !known.path().equals(relative))
					.isPresent();
	}

	private static String conversationId(Path path) {
		String fileName = path.getFileName().toString();
		return fileName.substring(0, fileName.length() - SUFFIX.length());
	}

	private Optional<Path> below(Path logs, String path) {
		if (!path.startsWith(this.properties.prefix() + "/") || !path.endsWith(SUFFIX)) {
			return Optional.empty();
		}
		try {
			Path relative = logs.getFileSystem()
				.getPath(path.substring(this.properties.prefix().length() + 1))
				.normalize();
			// Transcripts of subagents are in it if this application has written it.
			boolean inside = !relative.isAbsolute() && !relative.startsWith("..");
			return (inside && (relative.getNameCount() == PROJECT_AND_FILE || ConversationFiles.isOfSubagent(relative)))
					? Optional.of(relative) : Optional.empty();
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

	private static Optional<FileStamp> stamp(Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return Optional.of(new FileStamp(attributes.size(), attributes.lastModifiedTime().toInstant()));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KnownFile adopted(StateFileEntry entry, String path, Path logs, Optional<FileStamp> stamp) {
		Path relative = Path.of(path);
		FileStamp imported = stamp.filter(entry::covers)
			.orElseGet(() -> new FileStamp(FileStamp.UNKNOWN_SIZE, modified(entry)));
		return new KnownFile(0, path, logs.toString(), relative.getName(0).toString(), conversationId(relative),
				ConversationFiles.isSidechain(relative), KnownFile.Status.ADOPTED, imported, Survey.NONE,
				Recipe.REFERENCE, new Outcome(0, entry.chunks(), ReadingPosition.START), null, entry.importedAt());
	}

	private static Instant modified(StateFileEntry entry) {
		if (entry.lastModified() == null) {
			return entry.importedAt();
		}
		return new PythonTime(entry.lastModified()).toInstant();
	}

}
