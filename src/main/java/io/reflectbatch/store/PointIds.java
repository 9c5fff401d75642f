package io.reflectbatch.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names that the reference importer gives to collections and points. They are part of
 * the contract: whoever computes them gets the same ones.
 */
public final class PointIds {

	private static final int COLLECTION_HASH_LENGTH = 8;

	static final String REFERENCE_SUFFIX = "local";

	private PointIds() {
	}

	/**
	 * Returns the collection of a project: {@code conv_}, the first 8 hex digits of the
	 * MD5 of its directory name, {@code _local}.
	 * @param project the name of the project directory
	 */
	public static String collection(String project) {
		return collection(project, REFERENCE_SUFFIX);
	}

	/**
	 * Returns the collection of a project in which another model's vectors are.
	 * @param project the name of the project directory
	 * @param suffix what is in the place of {@code local}, see
	 * {@link VectorSpace#suffix()}
	 */
	public static String collection(String project, String suffix) {
		return "conv_" + HexFormat.of().formatHex(md5(project)).substring(0, COLLECTION_HASH_LENGTH) + "_" + suffix;
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
