package io.reflectbatch.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a job instance has come with a file.
 *
 * @param path the file, below the logs directory
 * @param change why it is imported
 * @param chunks the number of chunks written
 * @param tokens the number of tokens in them
 * @param problems the number of lines that could not be read
 * @param startedAt when its first chunk was committed; null while it waits
 * @param finishedAt when it was done; null while it is not
 */
public record PlannedFileProgress(String path, Change change, int chunks, long tokens, int problems,
		@Nullable Instant startedAt, @Nullable Instant finishedAt) {

}
