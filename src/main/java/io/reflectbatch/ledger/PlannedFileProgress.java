package io.reflectbatch.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a job instance has come with a file.
 *
 * @param path the file, below the logs directory
 * @param change why it is imported
 * @param state how far it is
 * @param chunks the number of chunks written
 * @param tokens the number of tokens in them that were embedded
 * @param messageTokens the number of all tokens in them; null where they were not counted
 * @param coverage the share of tokens that were embedded; null where it is not known, or
 * nothing was written
 * @param problems the number of lines that could not be read
 * @param startedAt when its first chunk was committed; null while it waits
 * @param finishedAt when it was done; null while it is not
 */
public record PlannedFileProgress(String path, Change change, State state, int chunks, long tokens,
		@Nullable Long messageTokens, @Nullable Double coverage, int problems, @Nullable Instant startedAt,
		@Nullable Instant finishedAt) {

	/**
	 * How far a file is.
	 */
	public enum State {

		/**
		 * Nothing of it has been read in this run.
		 */
		WAITING,

		/**
		 * It is being read, or was when the execution ended; a restart goes on in it.
		 */
		BEGUN,

		/**
		 * All of it is in the store.
		 */
		DONE,

		/**
		 * It was left out, because executions have died while they read it.
		 */
		QUARANTINED

	}

}
