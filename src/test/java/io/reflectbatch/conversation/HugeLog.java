package io.reflectbatch.conversation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log of a gigabyte with lines that fit into no memory. Run as a program, it reads one.
 */
final class HugeLog {

	static final int ORDINARY_BLOCKS = 780;

	/**
	 * Of every block: a prompt and an answer, and beside them a tool result.
	 */
	static final int MESSAGES_OF_A_BLOCK = 2;

	private static final int LINES_OF_A_BLOCK = 3;

	private static final int HUGE_LINES = 4;

	private static final int MEGABYTE = 1024 * 1024;

	private HugeLog() {
	}

	/**
	 * Writes the log: ordinary blocks, a tool result of 200 MB, 20 MB of different keys,
	 * a number of 5 MB and a text of 5 MB.
	 */
	static void write(Path file) throws IOException {
		try (OutputStream log = new BufferedOutputStream(Files.newOutputStream(file), MEGABYTE)) {
			ordinaryBlocks(log);
			around(log, "{\"type\":\"user\",\"toolUseResult\":\"", 200, "x",
					"\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"huge\"}]}}\n");
			keys(log);
			around(log, "{\"type\":\"user\",\"n\":", 5, "7", "}\n");
			around(log, "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"", 5, "y", "\"}}\n");
		}
	}

	private static void ordinaryBlocks(OutputStream log) throws IOException {
		byte[] prompt = ascii(LogFile.user("please ".repeat(20)) + "\n");
		byte[] result = ascii(
				"{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
						+ "\"content\":\"" + "line of output\\n".repeat(MEGABYTE / 16) + "\"}]}}\n");
		byte[] answer = ascii("{\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":["
				+ "{\"type\":\"text\",\"text\":\"done\"}]}}\n");
		for (int block = 0; block < ORDINARY_BLOCKS; block++) {
			log.write(prompt);
			log.write(result);
			log.write(answer);
		}
	}

	private static void around(OutputStream log, String before, int megabytes, String filling, String after)
			throws IOException {
		byte[] megabyte = ascii(filling.repeat(MEGABYTE));
		log.write(ascii(before));
		for (int count = 0; count < megabytes; count++) {
			log.write(megabyte);
		}
		log.write(ascii(after));
	}

	private static void keys(OutputStream log) throws IOException {
		log.write(ascii("{\"type\":\"file-history-snapshot\",\"files\":{\"first\":1"));
		for (int key = 0; key < MEGABYTE; key++) {
			log.write(ascii(",\"/home/dev/" + key + "\":" + key));
		}
		log.write(ascii("}}\n"));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * What reading the log must print.
	 */
	static String expected() {
		return "lines=%d messages=%d problems=2".formatted(ORDINARY_BLOCKS * LINES_OF_A_BLOCK + HUGE_LINES,
				ORDINARY_BLOCKS * MESSAGES_OF_A_BLOCK + 1);
	}

	/**
	 * Reads the log named by the first argument.
	 */
	public static void main(String[] arguments) throws IOException {
		Path file = Path.of(arguments[0]);
		MessageRule rule = new DefaultRule();
		int lines = 0;
		int messages = 0;
		int problems = 0;
		try (JsonlReader reader = JsonlReader.open(file, 0, 1, Files.size(file))) {
			for (LogRecord next = reader.next(); next != null; next = reader.next()) {
				lines++;
				problems += (next instanceof LogProblem) ? 1 : 0;
				messages += (next instanceof LogEntry entry && rule.select(entry) instanceof Selection.Selected) ? 1
						: 0;
			}
		}
		System.out.print("lines=%d messages=%d problems=%d".formatted(lines, messages, problems));
	}

}
