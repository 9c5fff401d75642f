package io.reflectbatch.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddingCacheTests {

	private static final int MEGABYTE = 1 << 20;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void findsWhatWasAddedByAnEarlierProcess() {
		try (EmbeddingCache cache = open(MEGABYTE)) {
			assertThat(cache.find("one")).isNull();
			cache.add("one", embedding(1));
			cache.add("two", embedding(2));
			assertSame(cache.find("two"), embedding(2));
		}
		try (EmbeddingCache cache = open(MEGABYTE)) {
			assertSame(cache.find("one"), embedding(1));
			assertThat(cache.find("three")).isNull();
		}
	}

	@Test
	void doesNotFindTheVectorOfAnotherModel() {
		try (EmbeddingCache cache = open(MEGABYTE)) {
			cache.add("one", embedding(1));
		}
		try (EmbeddingCache other = StoredEmbeddings.open(file(), MEGABYTE, model(Precision.FP32, 256))) {
			assertThat(other.find("one")).isNull();
		}
		try (EmbeddingCache shorter = StoredEmbeddings.open(file(), MEGABYTE, model(Precision.INT8, 128))) {
			assertThat(shorter.find("one")).isNull();
		}
	}

	@Test
	void staysWithinItsSizeAndKeepsTheNewest() throws IOException {
		int size = 4 * MEGABYTE;
		int count = 2 * size / (384 * Float.BYTES);
		for (int process = 0; process < 3; process++) {
			try (EmbeddingCache cache = open(size)) {
				for (int i = process * count; i < (process + 1) * count; i++) {
					cache.add("text " + i, embedding(i));
					assertThat(Files.size(file())).isLessThanOrEqualTo(size);
				}
				assertThat(cache.find("text " + process * count)).isNull();
				int last = (process + 1) * count - 1;
				assertSame(cache.find("text " + last), embedding(last));
				assertSame(cache.find("text " + (last - 900)), embedding(last - 900));
			}
		}
	}

	@Test
	void isUsedByManyThreads() {
		try (EmbeddingCache cache = open(MEGABYTE)) {
			IntStream.range(0, 400).parallel().forEach((i) -> cache.add("text " + i % 200, embedding(i % 200)));
			IntStream.range(0, 200).parallel().forEach((i) -> assertSame(cache.find("text " + i), embedding(i)));
		}
	}

	@Test
	void anImportGoesOnWithoutACacheThatAnotherOneUses(CapturedOutput output) {
		try (EmbeddingCache cache = open(MEGABYTE); EmbeddingCache second = open(MEGABYTE)) {
			cache.add("one", embedding(1));
			second.add("one", embedding(1));
			assertThat(second.find("one")).isNull();
		}
		assertThat(output).contains("cannot be used", "another import", file().toString()).doesNotContain("\tat ");
	}

	@Test
	void anImportGoesOnWithoutACacheThatIsDamaged(CapturedOutput output) throws IOException {
		byte[] garbage = new byte[20_000];
		Arrays.fill(garbage, (byte) 'x');
		Files.write(file(), garbage);
		try (EmbeddingCache cache = open(MEGABYTE)) {
			cache.add("one", embedding(1));
			assertThat(cache.find("one")).isNull();
		}
		assertThat(output).contains("cannot be used", "delete it").doesNotContain("\tat ");
		assertThat(file()).hasBinaryContent(garbage);
	}

	@Test
	void anImportGoesOnWhenTheCacheFails(CapturedOutput output) {
		try (EmbeddingCache cache = open(MEGABYTE)) {
			cache.add("one", embedding(1));
			// A thread that is interrupted while it reads or writes closes the file.
			Thread.currentThread().interrupt();
			assertThat(cache.find("one")).isNull();
			assertThat(Thread.interrupted()).isTrue();
			cache.add("two", embedding(2));
			assertThat(cache.find("two")).isNull();
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("the cache fails"))).hasSize(1);
	}

	@Test
	void leavesOutWhatAProcessThatDiedHasNotWrittenToItsEnd() throws IOException {
		try (EmbeddingCache cache = open(MEGABYTE)) {
			cache.add("one", embedding(1));
			cache.add("two", embedding(2));
			cache.add("three", embedding(3));
		}
		try (FileChannel file = FileChannel.open(file(), StandardOpenOption.WRITE)) {
			file.truncate(file.size() - 500);
			file.write(ByteBuffer.wrap(new byte[1000]), file.size() - 2000);
		}
		try (EmbeddingCache cache = open(MEGABYTE)) {
			assertSame(cache.find("one"), embedding(1));
			assertThat(cache.find("two")).isNull();
			assertThat(cache.find("three")).isNull();
			cache.add("four", embedding(4));
			cache.add("three", embedding(3));
		}
		try (EmbeddingCache cache = open(MEGABYTE)) {
			assertSame(cache.find("one"), embedding(1));
			assertSame(cache.find("three"), embedding(3));
			assertSame(cache.find("four"), embedding(4));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5 })
	void keepsTheNewestWhenItsSizeChanges(int first) {
		fill(first, 0, 3000);
		fill(3, 3000, 4000);
		try (EmbeddingCache cache = open(3 * MEGABYTE)) {
			IntStream.range(3400, 4000).forEach((i) -> assertSame(cache.find("text " + i), embedding(i)));
		}
	}

	private void fill(int megabytes, int start, int end) {
		try (EmbeddingCache cache = open((long) megabytes * MEGABYTE)) {
			IntStream.range(start, end).forEach((i) -> cache.add("text " + i, embedding(i)));
		}
	}

	private EmbeddingCache open(long size) {
		return StoredEmbeddings.open(file(), size, model(Precision.INT8, 256));
	}

	private Path file() {
		return this.directory.resolve("embedding-cache.bin");
	}

	private static EmbeddingModel model(Precision precision, int tokens) {
		return EmbeddingModel.of(new EmbeddingProperties(precision, tokens, DataSize.ofMegabytes(1), null));
	}

	private static Embedding embedding(int number) {
		float[] vector = new float[384];
		Arrays.fill(vector, number / 7f);
		return new Embedding(vector, number, 2 * number);
	}

	// A record compares arrays by identity.
	private static void assertSame(@Nullable Embedding actual, Embedding expected) {
		assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
	}

}
