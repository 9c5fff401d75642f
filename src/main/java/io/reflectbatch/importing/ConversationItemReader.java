package io.reflectbatch.importing;

import java.io.IOException;
import java.util.Objects;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.ReadingPosition;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.PlannedFile;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads files of the work list, in its order: the chunks of a file, then its
 * {@linkplain ImportItem.FileEnd end}.
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

	@Override
	public @Nullable ImportItem read() throws IOException {
		if (this.chunks == null && !openNext()) {
			return null;
		}
		PlannedFile file = Objects.requireNonNull(this.planned);
		PlannedFileChunks open = Objects.requireNonNull(this.chunks);
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

	private boolean openNext() throws IOException {
		PlannedFile next = this.files.next(this.bookmark.finishedFile()).orElse(null);
		if (next == null) {
			return false;
		}
		ReadingPosition start = this.bookmark.isIn(next) ? this.bookmark.position() : next.startAt();
		int nextChunk = this.bookmark.isIn(next) ? this.bookmark.nextChunk() : start.chunk();
		this.planned = next;
		this.chunks = new PlannedFileChunks(next, start, nextChunk, this.chunking,
				this.messages.copies(next.known().id()));
		return true;
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
