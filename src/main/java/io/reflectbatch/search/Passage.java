package io.reflectbatch.search;

import org.jspecify.annotations.Nullable;

/**
 * A passage that was found.
 *
 * @param score by what it is ranked. Fused: 1 for the first by meaning and by words, 0.5
 * for the first by one of the two that the other has not found. By meaning alone: the
 * similarity. By words alone: the share of the best word score. Plus a bonus, if what was
 * said lately is preferred
 * @param similarity the cosine similarity with the question, from -1 to 1; unknown if
 * only its words were found
 * @param wordScore how well its words match (BM25); unknown if only its meaning was found
 * @param collection where it is
 * @param id its id there
 * @param project the name of the project directory
 * @param conversationId the conversation
 * @param timestamp the time of the conversation, ISO-8601
 * @param sidechain whether it is from the transcript of a subagent
 * @param chunk its number in the conversation, from 0; -1 if that is not known
 * @param line the number of the line in the log where its first message is, from 1; the
 * Python importer does not keep it
 * @param messages how many messages it has a part of; unknown likewise
 * @param text all of it
 * @param excerpt the part of it that fits the question best
 * @param more how many further passages of the same conversation were found, if only the
 * best of each is returned
 */
public record Passage(double score, @Nullable Double similarity, @Nullable Double wordScore, String collection, long id,
		String project, String conversationId, String timestamp, boolean sidechain, int chunk, @Nullable Integer line,
		@Nullable Integer messages, String text, Excerpt excerpt, int more) {

}
