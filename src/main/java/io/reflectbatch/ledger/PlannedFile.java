package io.reflectbatch.ledger;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.ReadingPosition;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the work list of a job instance.
 *
 * @param jobInstance the id of the job instance
 * @param number the position in the work list, from 0
 * @param known what was known of the file before
 * @param change how it differs
 * @param root the logs directory
 * @param stamp how the file looked when it was planned
 * @param survey what the planning pass found in it, and how far it may be read
 * @param chunksWritten how many chunks of it have been written by this job instance
 */
public record PlannedFile(long jobInstance, int number, KnownFile known, Change change, String root, FileStamp stamp,
		Survey survey, int chunksWritten) {

	/**
	 * Returns the file on disk.
	 */
	public ConversationFile file() {
		return this.known.in(this.root);
	}

	/**
	 * Returns where reading starts: the start of the last incomplete chunk when the file
	 * has grown, else its beginning.
	 */
	public ReadingPosition startAt() {
		return (this.change == Change.GROWN) ? this.known.outcome().continueAt() : ReadingPosition.START;
	}

	/**
	 * Returns the number of messages whose chunks are in the store already.
	 */
	public int messagesBefore() {
		return (this.change == Change.GROWN) ? this.known.outcome().messages() : 0;
	}

	/**
	 * Returns the number of chunks that are in the store already.
	 */
	public int chunksBefore() {
		return (this.change == Change.GROWN) ? this.known.outcome().chunks() : 0;
	}

	/**
	 * Returns the coverage of the chunks that are in the store already; null where it is
	 * not known.
	 */
	@Nullable FileCoverage coverageBefore() {
		return (this.change == Change.GROWN) ? this.known.coverage() : FileCoverage.NONE;
	}

	/**
	 * Returns the number of bytes to read.
	 */
	public long bytesToRead() {
		return Math.max(0, this.survey.readOffset() - startAt().offset());
	}

}
