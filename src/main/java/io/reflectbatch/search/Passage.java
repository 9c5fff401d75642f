package io.reflectbatch.search;

/**
 * A passage that was found.
 *
 * @param score the cosine similarity with the question, from -1 to 1
 * @param project the name of the project directory
 * @param conversationId the conversation
 * @param timestamp the time of the conversation, ISO-8601
 * @param role who speaks first
 * @param text what was said
 */
public record Passage(double score, String project, String conversationId, String timestamp, String role, String text) {

}
