package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JsonlReaderMemoryTests {

	@TempDir
	Path directory;

	@Test
	void readsAGigabyteWithALineOfTwoHundredMegabytesInAHeapOfSixtyFour() throws Exception {
		Path log = this.directory.resolve("huge.jsonl");
		HugeLog.write(log);
		assertThat(Files.size(log)).isGreaterThan(1_000_000_000);
		assertThat(readWithSmallHeap(log)).isEqualTo(HugeLog.expected());
	}

	private String readWithSmallHeap(Path log) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), HugeLog.class.getName(),
				log.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("finished in time").isTrue();
			return Files.readString(output, StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
