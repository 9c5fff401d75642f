package io.reflectbatch.importing;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.Chunker;
import io.reflectbatch.conversation.JsonlReader;
import io.reflectbatch.conversation.LogEntry;
import io.reflectbatch.conversation.LogRecord;
import io.reflectbatch.conversation.Message;
import io.reflectbatch.conversation.MessageRule;
import io.reflectbatch.conversation.ReadingPosition;
import io.reflectbatch.conversation.Redactor;
import io.reflectbatch.conversation.Selection;
import io.reflectbatch.ledger.Outcome;
import io.reflectbatch.ledger.PlannedFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of one planned file that are not in the store yet. Holds one line and
 * the chunks it completes, whatever the size of the file. Not thread-safe.
 */
final class PlannedFileChunks implements Closeable {

	private final PlannedFile planned;

	private final int nextChunk;

	private final MessageRule rule;

	private final Redactor redactor;

	private final Set<Long> copies;

	private final Chunker chunker;

	private final @Nullable JsonlReader reader;

	private final Queue<Chunk> ready = new ArrayDeque<>();

	private int messages;

	private int chunks;

	private boolean ended;

	/**
	 * Opens a file.
	 * @param planned the file
	 * @param start where to start reading
	 * @param nextChunk the index of the first chunk to return; those before it are read,
	 * since the next ones may depend on them, and dropped
	 * @param chunking how to cut it
	 * @param copies the byte offsets of lines to leave out
	 * @throws IOException if the file cannot be opened
	 */
	PlannedFileChunks(PlannedFile planned, ReadingPosition start, int nextChunk, Chunking chunking, Set<Long> copies)
			throws IOException {
		this.planned = planned;
		this.nextChunk = nextChunk;
		this.rule = chunking.rule();
		this.redactor = chunking.redactor();
		this.copies = copies;
		this.chunker = chunking.chunker(start.chunk());
		this.messages = start.message();
		this.chunks = start.chunk();
		this.ended = planned.survey().warmUp();
		this.reader = this.ended ? null
				: JsonlReader.open(planned.file().path(), start.offset(), start.line(), planned.survey().readOffset());
	}

	/**
	 * Returns the next chunk, or null at the end of the file.
	 * @throws IOException if the file cannot be read, or has become shorter than planned
	 */
	@Nullable Chunk next() throws IOException {
		while (this.ready.isEmpty() && !this.ended) {
			readLine();
		}
		return this.ready.poll();
	}

	private void readLine() throws IOException {
		LogRecord line = (this.reader != null) ? this.reader.next() : null;
		if (line == null) {
			this.ended = true;
			this.chunker.finish(this::completed);
		}
		else if (line instanceof LogEntry entry && !this.copies.contains(entry.offset())
				&& this.rule.select(entry) instanceof Selection.Selected selected) {
			this.chunker.add(message(entry, selected), this::completed);
		}
	}

	// The message is still whole here: what is a secret does not depend on where it is
	// cut.
	private Message message(LogEntry entry, Selection.Selected selected) {
		return new Message(this.messages++, selected.role(), this.redactor.redact(selected.text()), entry.offset(),
				entry.line());
	}

	private void completed(Chunk chunk) {
		this.chunks = chunk.index() + 1;
		if (chunk.index() >= this.nextChunk && !isStored(chunk)) {
			this.ready.add(chunk);
		}
	}

	// The last chunk before a file has grown is the same again unless a new message is in
	// it.
	private boolean isStored(Chunk chunk) {
		return chunk.index() < this.planned.chunksBefore() && chunk.lastMessage() < this.planned.messagesBefore();
	}

	/**
	 * Returns what the store holds of the file once every chunk is written; meaningful at
	 * its end.
	 */
	Outcome outcome() {
		if (this.reader == null) {
			return Outcome.NOTHING;
		}
		return new Outcome(this.messages, this.chunks, this.chunker
			.continueAt(new ReadingPosition(this.reader.position(), this.reader.line(), this.messages, this.chunks)));
	}

	@Override
	public void close() throws IOException {
		if (this.reader != null) {
			this.reader.close();
		}
	}

}
