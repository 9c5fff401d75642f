package io.reflectbatch.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The names that the reference importer gives to collections and points. They are part of
 * the contract: whoever computes them gets the same ones.
 */
public final class PointIds {

	private static final int COLLECTION_HASH_LENGTH = 8;

	private static final Pattern COLLECTION = Pattern.compile("conv_[0-9a-f]{8}_local");

	private PointIds() {
	}

	/**
	 * Returns the collection of a project: {@code conv_}, the first 8 hex digits of the
	 * MD5 of its directory name, {@code _local}.
	 * @param project the name of the project directory
	 */
	public static String collection(String project) {
		return "conv_" + HexFormat.of().formatHex(md5(project)).substring(0, COLLECTION_HASH_LENGTH) + "_local";
	}

	/**
	 * Tells whether a name has the shape that {@link #collection(String)} gives.
	 * @param collection the name of a collection, whoever made it
	 */
	public static boolean isCollection(String collection) {
		return COLLECTION.matcher(collection).matches();
	}

	/**
	 * Refuses every collection that is not of this application's making, so that no
	 * mistake can change another's, {@code reflections_*} above all.
	 * @param collection the collection that is about to be changed
	 * @throws StoreRejectedException if its name has another shape
	 */
	public static void requireCollection(String collection) {
		if (!isCollection(collection)) {
			throw new StoreRejectedException("""
					Collection '%s' is not one of ours and is left alone; \
					only collections named conv_<8 hex digits>_local are changed, see PointIds.collection"""
				.formatted(collection), null);
		}
	}

	/**
	 * Returns the id of a point: the first 16 hex digits of the MD5 of
	 * {@code conversation_index} as a number, modulo 2<sup>63</sup>.
	 * @param conversationId the conversation
	 * @param chunkIndex the index of the chunk, from 0
	 */
	public static long id(String conversationId, int chunkIndex) {
		byte[] hash = md5(conversationId + "_" + chunkIndex);
		long id = 0;
		for (int i = 0; i < Long.BYTES; i++) {
			id = (id << Byte.SIZE) | (hash[i] & 0xFF);
		}
		return id & Long.MAX_VALUE;
	}

	private static byte[] md5(String text) {
		try {
			return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has MD5", ex);
		}
	}

}
