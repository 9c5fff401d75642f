package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.LogTruncatedException;
import io.reflectbatch.conversation.ReadingPosition;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.PlannedFile;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads files of the work list, in its order: the chunks of a file, then its
 * {@linkplain ImportItem.FileEnd end} or its {@linkplain ImportItem.FileLost loss}.
 * <p>
 * Restart: the execution context holds the number of the file, a position in it from
 * which the same chunks come again, and the index of the next chunk; five numbers,
 * rewritten at every commit. The list of files stays in the ledger. Not thread-safe: one
 * instance a partition.
 */
class ConversationItemReader implements ItemStreamReader<ImportItem> {

	private final FileQueue files;

	private final MessageRegistry messages;

	private final Chunking chunking;

	private Bookmark bookmark = Bookmark.NONE;

	private @Nullable PlannedFile planned;

	private @Nullable PlannedFileChunks chunks;

	/**
	 * Creates a reader.
	 * @param files the files to read
	 * @param messages knows the lines to leave out
	 * @param chunking how to cut them
	 */
	ConversationItemReader(FileQueue files, MessageRegistry messages, Chunking chunking) {
		this.files = files;
		this.messages = messages;
		this.chunking = chunking;
	}

	@Override
	public void open(ExecutionContext executionContext) {
		this.bookmark = Bookmark.from(executionContext);
	}

	/**
	 * Reads the next item. Logs are somebody else's files: one that disappears, shrinks
	 * or cannot be read any more must not hold up all others.
	 * @throws LogsUnavailableException if the whole logs directory has disappeared
	 * @throws IOException if a file cannot be closed
	 */
	@Override
	public @Nullable ImportItem read() throws IOException {
		PlannedFile file = (this.planned != null) ? this.planned
				: this.files.next(this.bookmark.finishedFile()).orElse(null);
		if (file == null) {
			return null;
		}
		this.planned = file;
		LogContext.enterFile(file);
		try {
			return read(file);
		}
		catch (IOException ex) {
			return lost(file, reason(ex));
		}
	}

	/**
	 * Says why a log cannot be read.
	 */
	static String reason(IOException failure) {
		return switch (failure) {
			case NoSuchFileException deleted -> "it has been deleted";
			case AccessDeniedException denied -> "permission denied";
			case LogTruncatedException truncated -> String.valueOf(truncated.getMessage());
			default -> failure.toString();
		};
	}

	private ImportItem read(PlannedFile file) throws IOException {
		PlannedFileChunks open = (this.chunks != null) ? this.chunks : open(file);
		this.chunks = open;
		Chunk chunk = open.next();
		if (chunk != null) {
			this.bookmark = Bookmark.after(file, chunk);
			return new ImportItem.ChunkRead(file, chunk);
		}
		this.bookmark = Bookmark.after(file);
		ImportItem end = new ImportItem.FileEnd(file, open.outcome());
		closeFile();
		return end;
	}

	private PlannedFileChunks open(PlannedFile file) throws IOException {
		ReadingPosition start = this.bookmark.isIn(file) ? this.bookmark.position() : file.startAt();
		int nextChunk = this.bookmark.isIn(file) ? this.bookmark.nextChunk() : start.chunk();
		return new PlannedFileChunks(file, start, nextChunk, this.chunking, this.messages.copies(file.known().id()));
	}

	private ImportItem lost(PlannedFile file, String reason) throws IOException {
		if (!Files.isDirectory(Path.of(file.root()))) {
			throw new LogsUnavailableException(Path.of(file.root()));
		}
		this.bookmark = Bookmark.after(file);
		closeFile();
		return new ImportItem.FileLost(file, reason);
	}

	@Override
	public void update(ExecutionContext executionContext) {
		this.bookmark.saveTo(executionContext);
	}

	@Override
	public void close() {
		try {
			closeFile();
		}
		catch (IOException ex) {
			throw new ItemStreamException("Cannot close " + this.planned, ex);
		}
	}

	private void closeFile() throws IOException {
		if (this.chunks != null) {
			this.chunks.close();
		}
		this.chunks = null;
		this.planned = null;
	}

}
