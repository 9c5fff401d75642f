package io.reflectbatch.conversation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A log in the making, and what the reader gets out of it.
 */
final class LogFile {

	private final Path path;

	private LogFile(Path path) {
		this.path = path;
	}

	static LogFile in(Path directory) throws IOException {
		Path path = Files.createTempFile(directory, "session", ".jsonl");
		return new LogFile(path);
	}

	static byte[] bytes(Object... parts) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (Object part : parts) {
			if (part instanceof Integer single) {
				bytes.write(single);
			}
			else {
				bytes.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
			}
		}
		return bytes.toByteArray();
	}

	static String user(String text) {
		return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"" + text + "\"}}";
	}

	Path path() {
		return this.path;
	}

	/**
	 * Appends text and, for numbers, single bytes.
	 */
	LogFile append(Object... parts) throws IOException {
		Files.write(this.path, bytes(parts), StandardOpenOption.APPEND);
		return this;
	}

	Read read() throws IOException {
		return read(0, 1);
	}

	Read read(long start, long line) throws IOException {
		return read(start, line, Files.size(this.path));
	}

	Read read(long start, long line, long end) throws IOException {
		List<LogRecord> records = new ArrayList<>();
		try (JsonlReader reader = JsonlReader.open(this.path, start, line, end)) {
			for (LogRecord next = reader.next(); next != null; next = reader.next()) {
				records.add(next);
			}
			return new Read(records, reader.position(), reader.line());
		}
	}

	LogEntry readOne() throws IOException {
		return (LogEntry) read().records().getFirst();
	}

	/**
	 * What was read, and where reading ended.
	 *
	 * @param records the lines
	 * @param position the byte offset to go on at
	 * @param line the line to go on at
	 */
	record Read(List<LogRecord> records, long position, long line) {

		List<String> texts() {
			return this.records.stream().map(Read::text).toList();
		}

		List<String> places() {
			return this.records.stream().map((next) -> next.line() + "@" + next.offset()).toList();
		}

		private static String text(LogRecord next) {
			return switch (next) {
				case LogProblem problem -> "! " + problem.reason();
				case LogEntry entry -> {
					LogEntry.Said message = entry.message();
					yield (message != null) ? message.content().text() : entry.type();
				}
			};
		}

	}

}
