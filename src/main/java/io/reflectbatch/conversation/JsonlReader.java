package io.reflectbatch.conversation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a conversation log line by line.
 * <p>
 * Each line is one JSON object in UTF-8; blank lines are passed over, and lines that are
 * anything else become a {@link LogProblem}. A log may be growing: a last line without a
 * line feed is taken only if it is a complete object, and otherwise left for the next
 * time, without a problem. Reading can start at every {@link #position()} with its
 * {@link #line()}, and then goes on as if it had not been interrupted.
 * <p>
 * Memory depends neither on the size of the file nor on the length of a line: only texts
 * that may be indexed are kept, and those up to a limit of 4,194,304 characters a line.
 * Not thread-safe: one thread at a time.
 */
public final class JsonlReader implements Closeable {

	private final FileChannel channel;

	private final LogLines lines;

	private long position;

	private long line;

	private JsonlReader(FileChannel channel, LogLines lines, long position, long line) {
		this.channel = channel;
		this.lines = lines;
		this.position = position;
		this.line = line;
	}

	/**
	 * Opens a log.
	 * @param file the log
	 * @param start the byte offset at which a line begins
	 * @param line the number of that line, from 1
	 * @param end the byte offset before which to stop reading, usually the size of the
	 * file when it was listed
	 * @throws IOException if the file cannot be opened
	 */
	public static JsonlReader open(Path file, long start, long line, long end) throws IOException {
		if (start < 0 || start > end || line < 1) {
			throw new IllegalArgumentException("Cannot read " + file + " from byte " + start + ", line " + line
					+ ", to byte " + end + ": expected 0 <= start <= end and a line from 1");
		}
		FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
		return new JsonlReader(channel, new LogLines(file, channel, start, end), start, line);
	}

	/**
	 * Reads the next line that is not blank.
	 * @return the line, or {@code null} at the end
	 * @throws LogTruncatedException if the file is shorter than what was to be read
	 * @throws IOException if the file cannot be read
	 */
	public @Nullable LogRecord next() throws IOException {
		while (this.lines.next()) {
			LogRecord found = parse();
			boolean terminated = this.lines.finish();
			if (!terminated && !(found instanceof LogEntry)) {
				return null;
			}
			advance(terminated);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable LogRecord parse() throws IOException {
		try {
			return LogEntryParser.parse(this.lines, this.position, this.line);
		}
		catch (UnreadableLineException ex) {
			return new LogProblem(this.position, this.line, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A line without a line feed goes on until there is one.
	 */
	private void advance(boolean terminated) {
		this.position = this.lines.offset();
		this.line += terminated ? 1 : 0;
	}

	/**
	 * The byte offset after the last line that was taken, at which to start next time.
	 */
	public long position() {
		return this.position;
	}

	/**
	 * The number of the line at {@link #position()}, from 1.
	 */
	public long line() {
		return this.line;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
