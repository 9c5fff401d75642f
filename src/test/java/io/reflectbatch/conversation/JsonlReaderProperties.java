package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading in parts gives what reading at once does, wherever the parts begin.
 */
class JsonlReaderProperties {

	@Property(tries = 50)
	void readingFromEveryLineGivesTheSameTail(@ForAll("logs") List<String> lines) throws IOException {
		withLog(String.join("", lines), (log) -> {
			LogFile.Read all = log.read();
			for (int index = 0; index < all.records().size(); index++) {
				LogRecord start = all.records().get(index);
				LogFile.Read tail = log.read(start.offset(), start.line());
				assertThat(tail.records()).isEqualTo(all.records().subList(index, all.records().size()));
				assertThat(tail.position()).isEqualTo(all.position());
				assertThat(tail.line()).isEqualTo(all.line());
			}
		});
	}

	@Property(tries = 50)
	void readingWhileItGrowsGivesTheSameLines(@ForAll("logs") List<String> lines, @ForAll("cuts") List<Double> cuts)
			throws IOException {
		withLog(String.join("", lines), (log) -> {
			long size = Files.size(log.path());
			List<LogRecord> found = new ArrayList<>();
			long position = 0;
			long line = 1;
			for (double cut : cuts) {
				LogFile.Read part = log.read(position, line, Math.max(position, (long) (size * cut)));
				found.addAll(part.records());
				position = part.position();
				line = part.line();
			}
			assertThat(found).isEqualTo(log.read().records());
			assertThat(position).isEqualTo(log.read().position());
		});
	}

	@Provide
	Arbitrary<List<String>> logs() {
		Arbitrary<String> content = Arbitraries.of(LogFile.user("a"), LogFile.user("你好 😀 é"),
				LogFile.user("x\u2028y\u0085z\\ud83d"), LogFile.user("word ".repeat(40_000)), "", "  ", "// comment",
				"[1]", LogFile.user("a") + "{", "{\"type\":\"us{\"type\":\"user\"}", "{\"type\":\"summary\"}");
		Arbitrary<String> end = Arbitraries.of("\n", "\r\n");
		Arbitrary<String> line = content.flatMap((text) -> end.map((feed) -> text + feed));
		return line.list().ofMaxSize(12);
	}

	@Provide
	Arbitrary<List<Double>> cuts() {
		return Arbitraries.doubles().between(0, 1).list().ofMaxSize(5).map((cuts) -> {
			List<Double> sorted = new ArrayList<>(cuts);
			sorted.add(1.0);
			sorted.sort(null);
			return sorted;
		});
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
