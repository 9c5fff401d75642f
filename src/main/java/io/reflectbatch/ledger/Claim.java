package io.reflectbatch.ledger;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A line that says a message, which may belong to another line.
 *
 * @param offset the byte offset of the line
 * @param message tells the message from others
 * @see MessageRegistry#claim
 */
public record Claim(long offset, UUID message) {

	/**
	 * Returns the claim of a line.
	 * @param offset the byte offset of the line
	 * @param id the id of the message as the log has it, mostly a UUID
	 */
	public static Claim of(long offset, String id) {
		return new Claim(offset, uuid(id));
	}

	private static UUID uuid(String id) {
		try {
			return UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			// Logs made by hand have any string here; it only has to tell messages apart.
			return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
		}
	}

}
