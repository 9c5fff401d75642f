package io.reflectbatch.store;

import java.util.Map;

/**
 * One point of a collection.
 *
 * @param id an unsigned 63-bit number, see {@link PointIds}
 * @param vector the embedding, L2-normalised
 * @param payload what a reader gets to see; values are {@link String}, {@link Integer},
 * {@link Long} or {@link Boolean}
 */
public record Point(long id, float[] vector, Map<String, Object> payload) {

	/**
	 * The payload key of the chunk's text.
	 */
	public static final String TEXT = "text";

	/**
	 * The payload key of the file name without {@code .jsonl}.
	 */
	public static final String CONVERSATION_ID = "conversation_id";

	/**
	 * The payload key of the chunk's index.
	 */
	public static final String CHUNK_INDEX = "chunk_index";

	/**
	 * The payload key of the conversation's ISO-8601 time.
	 */
	public static final String TIMESTAMP = "timestamp";

	/**
	 * The payload key of the project directory's name.
	 */
	public static final String PROJECT = "project";

	/**
	 * The payload key of the role that speaks first.
	 */
	public static final String START_ROLE = "start_role";

}
