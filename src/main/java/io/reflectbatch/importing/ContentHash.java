package io.reflectbatch.importing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of the beginning of a file, for several lengths in one pass, or of a text.
 */
final class ContentHash implements Closeable {

	private static final int BUFFER = 1 << 16;

	private final InputStream input;

	private final MessageDigest digest;

	private final byte[] buffer = new byte[BUFFER];

	private long position;

	ContentHash(Path file) throws IOException {
		this.input = Files.newInputStream(file);
		this.digest = sha256();
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Returns the hash of a text in UTF-8, in hex.
	 * @param text any text
	 */
	static String of(String text) {
		return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Returns the hash of the bytes before an offset, in hex. If the file ends before,
	 * the hash is that of the whole file.
	 * @param offset not less than that of the call before
	 */
	String before(long offset) throws IOException {
		while (this.position < offset) {
			int read = this.input.read(this.buffer, 0, (int) Math.min(BUFFER, offset - this.position));
			if (read < 0) {
				break;
			}
			this.digest.update(this.buffer, 0, read);
			this.position += read;
		}
		return HexFormat.of().formatHex(copy().digest());
	}

	private MessageDigest copy() {
		try {
			return (MessageDigest) this.digest.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("SHA-256 of the Java platform can be cloned", ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.input.close();
	}

}
