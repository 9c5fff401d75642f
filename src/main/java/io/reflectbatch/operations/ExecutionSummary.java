package io.reflectbatch.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a job, in a line.
 *
 * @param id the id of the execution
 * @param job the name of the job
 * @param instance the id of the job instance; executions of the same one are restarts
 * @param restartOf the id of the execution that it restarts, if any
 * @param status how it ended, or that it is running
 * @param start when it started
 * @param duration how long it took, or has taken so far
 * @param files the number of files that were left to import when it started
 * @param filesFinished how many of them it finished
 * @param chunks the number of chunks it wrote
 * @param cachedChunks how many of them have a vector from the cache; null without one
 * @param tokens the number of tokens in them that were embedded
 * @param messageTokens the number of all tokens in them; null where they were not counted
 * @param coverage the share of tokens that were embedded; null where it is not known, or
 * nothing was written
 * @param problems the number of lines that could not be read in the files of the instance
 * @param redacted the number of secrets left out of the files of the instance, by rule
 * @param ignored the number of files that it passed over because the configuration or
 * {@code .reflectignore} says so
 * @param unreadableFiles the number of files and directories that it left out because
 * they could not be read
 * @param unknownScripts the number of files that it has planned whose messages are mostly
 * in a script that the model does not know, by the name of the script
 * @param quarantined the files of the instance that are in quarantine
 * @param reason why it failed, stopped or died, in words
 */
public record ExecutionSummary(long id, String job, long instance, @Nullable Long restartOf, String status,
		@Nullable Instant start, Duration duration, int files, int filesFinished, int chunks,
		@Nullable Integer cachedChunks, long tokens, @Nullable Long messageTokens, @Nullable Double coverage,
		int problems, Map<String, Integer> redacted, long ignored, long unreadableFiles,
		Map<String, Integer> unknownScripts, List<String> quarantined, @Nullable String reason) {

}
