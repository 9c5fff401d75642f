package io.reflectbatch.importing;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.ReadingPosition;
import io.reflectbatch.ledger.PlannedFile;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How far a partition has been read.
 *
 * @param finishedFile the number of the last file that is done, -1 for none
 * @param openFile the number of the file that is being read, -1 for none
 * @param position where to start reading it
 * @param nextChunk the index of the chunk that comes next in it
 */
record Bookmark(int finishedFile, int openFile, ReadingPosition position, int nextChunk) {

	/**
	 * Nothing has been read.
	 */
	static final Bookmark NONE = new Bookmark(-1, -1, ReadingPosition.START, 0);

	private static final String FINISHED = "finished.file";

	private static final String FILE = "open.file";

	private static final String OFFSET = "open.offset";

	private static final String LINE = "open.line";

	private static final String MESSAGE = "open.message";

	private static final String CHUNK = "open.chunk";

	private static final String NEXT_CHUNK = "next.chunk";

	static Bookmark after(PlannedFile file, Chunk chunk) {
		return new Bookmark(file.number() - 1, file.number(), chunk.start(), chunk.index() + 1);
	}

	static Bookmark after(PlannedFile file) {
		return new Bookmark(file.number(), -1, ReadingPosition.START, 0);
	}

	static Bookmark from(ExecutionContext context) {
		if (!context.containsKey(FINISHED)) {
			return NONE;
		}
		return new Bookmark(
				context.getInt(FINISHED), context.getInt(FILE), new ReadingPosition(context.getLong(OFFSET),
						context.getLong(LINE), context.getInt(MESSAGE), context.getInt(CHUNK)),
				context.getInt(NEXT_CHUNK));
	}

	void saveTo(ExecutionContext context) {
		context.putInt(FINISHED, this.finishedFile);
		context.putInt(FILE, this.openFile);
		context.putLong(OFFSET, this.position.offset());
		context.putLong(LINE, this.position.line());
		context.putInt(MESSAGE, this.position.message());
		context.putInt(CHUNK, this.position.chunk());
		context.putInt(NEXT_CHUNK, this.nextChunk);
	}

	boolean isIn(PlannedFile file) {
		return this.openFile == file.number();
	}

}
