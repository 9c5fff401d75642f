package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * A logs directory in the making. Its clock stands a minute further at every change.
 */
final class LogDirectory {

	private final Path root;

	private Instant clock = Instant.parse("2025-08-01T12:00:00.123456789Z");

	LogDirectory(Path root) {
		this.root = root;
	}

	/**
	 * A line that somebody says.
	 * @param uuid the id of the message
	 */
	static String said(String uuid, String role, String text) {
		return "{\"type\":\"" + role + "\",\"uuid\":\"" + uuid + "\",\"timestamp\":\"2025-07-30T06:10:43.000Z\","
				+ "\"message\":{\"role\":\"" + role + "\",\"content\":\"" + text + "\"}}";
	}

	static String user(String uuid, String text) {
		return said(uuid, "user", text);
	}

	static String assistant(String uuid, String text) {
		return said(uuid, "assistant", text);
	}

	/**
	 * A line without time and id.
	 */
	static String timeless(String text) {
		return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"" + text + "\"}}";
	}

	/**
	 * A prompt that is typed while the assistant is busy.
	 */
	static String enqueued(String text) {
		return "{\"type\":\"queue-operation\",\"operation\":\"enqueue\",\"timestamp\":\"2025-07-30T06:11:00.000Z\","
				+ "\"content\":\"" + text + "\"}";
	}

	/**
	 * A conversation of user messages.
	 * @param session tells its messages from those of other sessions
	 */
	static String[] conversation(String session, int first, int count) {
		String[] lines = new String[count];
		for (int i = 0; i < count; i++) {
			lines[i] = user(session + (first + i), "Message " + (first + i) + " of " + session);
		}
		return lines;
	}

	Path root() {
		return this.root;
	}

	Path path(String file) {
		return this.root.resolve(file);
	}

	/**
	 * Writes a file, whatever it was before.
	 */
	LogDirectory write(String file, String... lines) throws IOException {
		return writeBytes(file, text(lines).getBytes(StandardCharsets.UTF_8));
	}

	LogDirectory writeBytes(String file, byte[] bytes) throws IOException {
		Path path = path(file);
		Files.createDirectories(path.getParent());
		Files.write(path, bytes);
		return touch(file);
	}

	LogDirectory append(String file, String... lines) throws IOException {
		return appendText(file, text(lines));
	}

	LogDirectory appendText(String file, String text) throws IOException {
		Files.writeString(path(file), text, StandardOpenOption.APPEND);
		return touch(file);
	}

	LogDirectory touch(String file) throws IOException {
		this.clock = this.clock.plus(Duration.ofMinutes(1));
		Files.setLastModifiedTime(path(file), FileTime.from(this.clock));
		return this;
	}

	LogDirectory delete(String file) throws IOException {
		Files.delete(path(file));
		return this;
	}

	private static String text(String... lines) {
		return (lines.length > 0) ? String.join("\n", lines) + "\n" : "";
	}

}
