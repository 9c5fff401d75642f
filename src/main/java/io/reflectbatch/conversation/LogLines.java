package io.reflectbatch.conversation;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a part of a file, one at a time, as characters: between {@link #next()}
 * and {@link #finish()} it reads as if the file ended with the line.
 * <p>
 * Lines end at the byte {@code '\n'} and nowhere else: U+2028, U+2029 and U+0085 occur
 * inside texts. Bytes that are not UTF-8 become U+FFFD. Holds one buffer of fixed size,
 * whatever the length of a line.
 */
final class LogLines extends Reader {

	private static final int BUFFER_SIZE = 128 * 1024;

	private static final int UNKNOWN = -1;

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final Path file;

	private final FileChannel channel;

	private final long end;

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
		.onMalformedInput(CodingErrorAction.REPLACE)
		.onUnmappableCharacter(CodingErrorAction.REPLACE);

	/**
	 * On the heap, since the decoder is fast on arrays only.
	 */
	private final byte[] array = new byte[BUFFER_SIZE];

	private final ByteBuffer bytes = ByteBuffer.wrap(this.array).limit(0);

	/**
	 * The byte offset in the file after what is in the buffer.
	 */
	private long filled;

	/**
	 * The index of the line feed in the buffer, or unknown if it is further on.
	 */
	private int lineFeed = UNKNOWN;

	private boolean finished = true;

	LogLines(Path file, FileChannel channel, long start, long end) {
		this.file = file;
		this.channel = channel;
		this.filled = start;
		this.end = end;
	}

	/**
	 * Moves on to the next line.
	 * @return whether there is one
	 */
	boolean next() throws IOException {
		if (!this.bytes.hasRemaining() && !fill()) {
			return false;
		}
		this.decoder.reset();
		this.finished = false;
		findLineFeed(this.bytes.position());
		skipByteOrderMark();
		return true;
	}

	/**
	 * The byte offset in the file of the next byte to be decoded; between two lines, that
	 * at which the next one begins.
	 */
	long offset() {
		return this.filled - this.bytes.remaining();
	}

	@Override
	public int read(char[] target, int offset, int length) throws IOException {
		if (this.finished) {
			return -1;
		}
		CharBuffer characters = CharBuffer.wrap(target, offset, length);
		int start = characters.position();
		while (!decode(characters) && characters.position() == start) {
			fill();
		}
		int count = characters.position() - start;
		return (count > 0) ? count : -1;
	}

	/**
	 * Decodes what is in the buffer.
	 * @return whether the line is finished
	 */
	private boolean decode(CharBuffer characters) {
		boolean last = isEndBuffered();
		int limit = this.bytes.limit();
		if (this.lineFeed != UNKNOWN) {
			this.bytes.limit(this.lineFeed);
		}
		CoderResult result = this.decoder.decode(this.bytes, characters, last);
		this.bytes.limit(limit);
		if (last && result.isUnderflow()) {
			this.decoder.flush(characters);
			this.finished = true;
		}
		return this.finished;
	}

	private boolean isEndBuffered() {
		return this.lineFeed != UNKNOWN || this.filled == this.end;
	}

	/**
	 * Leaves the line, read or not.
	 * @return whether the line ends with a line feed
	 */
	boolean finish() throws IOException {
		this.finished = true;
		while (this.lineFeed == UNKNOWN) {
			this.bytes.position(this.bytes.limit());
			if (!fill()) {
				return false;
			}
		}
		this.bytes.position(this.lineFeed + 1);
		this.lineFeed = UNKNOWN;
		return true;
	}

	private boolean fill() throws IOException {
		if (this.filled == this.end) {
			return false;
		}
		this.bytes.compact();
		int start = this.bytes.position();
		this.bytes.limit((int) Math.min(this.bytes.capacity(), start + this.end - this.filled));
		int count = this.channel.read(this.bytes, this.filled);
		this.bytes.flip();
		if (count < 0) {
			throw new LogTruncatedException(this.file, this.end, this.channel.size());
		}
		this.filled += count;
		findLineFeed(start);
		return true;
	}

	private void findLineFeed(int from) {
		byte[] array = this.array;
		int limit = this.bytes.limit();
		for (int index = from; index < limit; index++) {
			if (array[index] == '\n') {
				this.lineFeed = index;
				return;
			}
		}
		this.lineFeed = UNKNOWN;
	}

	private void skipByteOrderMark() throws IOException {
		if (offset() != 0) {
			return;
		}
		while (this.bytes.remaining() < BYTE_ORDER_MARK.length && this.lineFeed == UNKNOWN && fill()) {
			// A read may return fewer bytes than there are.
		}
		if (this.bytes.remaining() >= BYTE_ORDER_MARK.length && startsWithByteOrderMark()) {
			this.bytes.position(BYTE_ORDER_MARK.length);
		}
	}

	private boolean startsWithByteOrderMark() {
		return ByteBuffer.wrap(this.array, this.bytes.position(), BYTE_ORDER_MARK.length)
			.equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
	}

	/**
	 * Does nothing: a parser closes what it has read, but the file has more lines.
	 */
	@Override
	public void close() {
	}

}
