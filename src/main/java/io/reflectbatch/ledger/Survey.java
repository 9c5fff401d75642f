package io.reflectbatch.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What the planning pass found in a file.
 *
 * @param readOffset the byte offset at which the last complete line ends; what stands
 * behind it belongs to the next run
 * @param readLine the number of the line that begins there, from 1
 * @param contentHash the SHA-256 of the bytes before {@code readOffset}, in hex; null
 * when the file was adopted and never read
 * @param conversationTime the first timestamp in the file, verbatim; null when there is
 * none, or when the file was adopted
 * @param title the last title the log itself gives, if any
 * @param warmUp whether it is the transcript of a subagent's warm-up, which is not
 * indexed
 * @param problems the number of lines that could not be read
 * @param skipped the number of lines left out, by reason, sorted
 * @param redacted the number of secrets left out of the messages, by rule, sorted
 */
public record Survey(long readOffset, long readLine, @Nullable String contentHash, @Nullable String conversationTime,
		@Nullable String title, boolean warmUp, int problems, Map<String, Integer> skipped,
		Map<String, Integer> redacted) {

	/**
	 * What is known of a file before anyone looked into it.
	 */
	public static final Survey NONE = new Survey(0, 1, null, null, null, false, 0, Map.of(), Map.of());

	public Survey {
		skipped = sorted(skipped);
		redacted = sorted(redacted);
	}

	// What is printed of it can be compared.
	private static Map<String, Integer> sorted(Map<String, Integer> counts) {
		return Collections.unmodifiableMap(new TreeMap<>(counts));
	}

}
