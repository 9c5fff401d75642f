package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A log ended before the offset up to which it was to be read: it was cut while being
 * read, although logs only ever grow.
 */
public class LogTruncatedException extends IOException {

	public LogTruncatedException(Path file, long expected, long found) {
		super("Log file " + file + " was cut while it was read: expected " + expected + " bytes, found " + found
				+ ". Import again: the file will be read from its beginning.");
	}

}
