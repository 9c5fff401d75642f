package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.reflectbatch.Examples;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading in parts gives what reading at once does, wherever the parts begin.
 */
class JsonlReaderProperties {

	private static final String[] LINES = { LogFile.user("a"), LogFile.user("你好 😀 é"),
			LogFile.user("x\u2028y\u0085z\\ud83d"), LogFile.user("word ".repeat(40_000)), "", "  ", "// comment", "[1]",
			LogFile.user("a") + "{", "{\"type\":\"us{\"type\":\"user\"}", "{\"type\":\"summary\"}" };

	@Test
	void readingFromEveryLineGivesTheSameTail() {
		Examples.check(50, (random) -> withLog(lines(random), (log) -> {
			LogFile.Read all = log.read();
			for (int index = 0; index < all.records().size(); index++) {
				LogRecord start = all.records().get(index);
				LogFile.Read tail = log.read(start.offset(), start.line());
				assertThat(tail.records()).isEqualTo(all.records().subList(index, all.records().size()));
				assertThat(tail.position()).isEqualTo(all.position());
				assertThat(tail.line()).isEqualTo(all.line());
			}
		}));
	}

	@Test
	void readingWhileItGrowsGivesTheSameLines() {
		Examples.check(50, (random) -> withLog(lines(random), (log) -> {
			byte[] content = Files.readAllBytes(log.path());
			List<LogRecord> found = new ArrayList<>();
			long position = 0;
			long line = 1;
			for (double cut : cuts(random)) {
				LogFile.Read part = log.read(position, line, Math.max(position, end(content, cut)));
				found.addAll(part.records());
				position = part.position();
				line = part.line();
			}
			assertThat(found).isEqualTo(log.read().records());
			assertThat(position).isEqualTo(log.read().position());
		}));
	}

	// Whole as it is, a last line is taken before it has a line feed. What comes behind
	// it
	// in the same line is then a line by itself, so that case is left out here.
	private static int end(byte[] content, double cut) {
		int end = (int) (content.length * cut);
		boolean between = end > 0 && end < content.length && content[end - 1] == '}' && content[end] == '{';
		return between ? end + 1 : end;
	}

	private static String lines(Random random) {
		return String.join("", Examples.list(random, 0, 12, JsonlReaderProperties::line));
	}

	private static String line(Random random) {
		return Examples.oneOf(random, LINES) + Examples.oneOf(random, "\n", "\r\n");
	}

	private static List<Double> cuts(Random random) {
		List<Double> cuts = Examples.list(random, 0, 5,
				(numbers) -> Examples.oneOf(numbers, 0.0, numbers.nextDouble()));
		cuts.add(1.0);
		cuts.sort(null);
		return cuts;
	}

	private static void withLog(String content, Check check) throws IOException {
		Path directory = Files.createTempDirectory("logs");
		LogFile log = LogFile.in(directory).append(content);
		try {
			check.accept(log);
		}
		finally {
			Files.delete(log.path());
			Files.delete(directory);
		}
	}

	/**
	 * A statement about a log.
	 */
	private interface Check {

		void accept(LogFile log) throws IOException;

	}

}
