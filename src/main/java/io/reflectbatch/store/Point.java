package io.reflectbatch.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One point of a collection.
 * <p>
 * Half of a surrogate pair is no text: UTF-8, and so every store, cannot hold it. Each
 * one in the payload becomes U+FFFD here, so that all stores keep the same.
 *
 * @param id an unsigned 63-bit number, see {@link PointIds}
 * @param vector the embedding, L2-normalised
 * @param payload what a reader gets to see; values are {@link String}, {@link Integer},
 * {@link Long} or {@link Boolean}, and in keys that other programs have added also
 * {@link Double}, or a {@link List} or {@link Map} of all of these; a reader gets every
 * whole number that fits as an {@link Integer}
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

	/**
	 * The payload key of the number of messages in the chunk.
	 */
	public static final String MESSAGE_COUNT = "message_count";

	/**
	 * The payload key of the number of the first message, from 0.
	 */
	public static final String FIRST_MESSAGE = "first_message";

	/**
	 * The payload key of the number of the last message, inclusive.
	 */
	public static final String LAST_MESSAGE = "last_message";

	/**
	 * The payload key of the number of the line in the log where the first message is,
	 * from 1.
	 */
	public static final String LINE = "line";

	/**
	 * The payload key that marks the transcript of a subagent.
	 */
	public static final String IS_SIDECHAIN = "is_sidechain";

	private static final char REPLACEMENT = '\uFFFD';

	public Point {
		requireId(id);
		requireFinite(vector, id);
		payload = checked(payload, id);
	}

	/**
	 * Puts a number of points into words.
	 * @param number how many there are
	 */
	public static String inWords(int number) {
		return (number == 1) ? "1 point" : number + " points";
	}

	private static void requireId(long id) {
		if (id < 0) {
			throw new IllegalArgumentException(
					"Point id %d is negative; an id is a number from 0 to 2^63-1, see PointIds".formatted(id));
		}
	}

	private static void requireFinite(float[] vector, long id) {
		for (int i = 0; i < vector.length; i++) {
			if (!Float.isFinite(vector[i])) {
				throw new IllegalArgumentException(
						"Vector of point %d has %s at %d; every component must be a finite number".formatted(id,
								vector[i], i));
			}
		}
	}

	private static Map<String, Object> checked(Map<?, ?> payload, long id) {
		Map<String, Object> checked = new LinkedHashMap<>();
		payload.forEach((key, value) -> checked.put(key.toString(), checked(key.toString(), value, id)));
		return Collections.unmodifiableMap(checked);
	}

	private static Object checked(String key, Object value, long id) {
		return switch (value) {
			case String text -> wellFormed(text);
			case Integer number -> number;
			case Long number -> number;
			case Double number -> number;
			case Boolean flag -> flag;
			case List<?> list -> list.stream().map((element) -> checked(key, element, id)).toList();
			case Map<?, ?> object -> checked(object, id);
			default -> throw new IllegalArgumentException(
					"Payload of point %d has a %s under '%s'; a value is a String, Integer, Long, Double, Boolean, List or Map"
						.formatted(id, value.getClass().getName(), key));
		};
	}

	private static String wellFormed(String text) {
		int broken = loneSurrogate(text, 0);
		if (broken < 0) {
			return text;
		}
		StringBuilder repaired = new StringBuilder(text);
		for (; broken >= 0; broken = loneSurrogate(text, broken + 1)) {
			repaired.setCharAt(broken, REPLACEMENT);
		}
		return repaired.toString();
	}

	private static int loneSurrogate(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
					return i;
				}
				i++;
			}
		}
		return -1;
	}

}
