package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BundledFile}.
 */
class BundledFileTests {

	private static final String RESOURCE = ModelFiles.TOKENIZER;

	@TempDir
	Path directory;

	@Test
	void unpacksTheOriginal() throws IOException {
		Path target = this.directory.resolve("a/b");
		Path copy = unpack(target);
		try (InputStream original = BundledFile.of(RESOURCE).open()) {
			assertThat(copy).hasBinaryContent(original.readAllBytes());
		}
		assertThat(filesIn(target)).containsExactly(copy);
	}

	@Test
	void keepsAnIntactCopy() throws IOException {
		Path copy = unpack(this.directory);
		FileTime before = Files.getLastModifiedTime(copy);
		Object inode = Files.readAttributes(copy, BasicFileAttributes.class).fileKey();
		unpack(this.directory);
		assertThat(Files.getLastModifiedTime(copy)).isEqualTo(before);
		assertThat(Files.readAttributes(copy, BasicFileAttributes.class).fileKey()).isEqualTo(inode);
	}

	@Test
	void replacesATruncatedCopyAndOneWithAWrongByte() throws IOException {
		byte[] content = Files.readAllBytes(unpack(this.directory));
		Path copy = this.directory.resolve("copy");
		Files.write(copy, Arrays.copyOf(content, content.length / 2));
		assertThat(unpack(this.directory)).hasBinaryContent(content);
		byte[] damaged = content.clone();
		damaged[content.length / 2] ^= 1;
		Files.write(copy, damaged);
		assertThat(unpack(this.directory)).hasBinaryContent(content);
	}

	@Test
	void deletesWhatKilledProcessesLeftButNotWhatOthersWriteNow() throws IOException {
		Path abandoned = Files.createFile(this.directory.resolve("copy.1.tmp"));
		Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
		Path young = Files.createFile(this.directory.resolve("copy.2.tmp"));
		unpack(this.directory);
		assertThat(abandoned).doesNotExist();
		assertThat(young).exists();
	}

	// Many times, because what they may trip over is there for an instant only.
	@RepeatedTest(100)
	void severalMayUnpackAtOnce() throws Exception {
		List<Callable<Path>> unpackings = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			unpackings.add(() -> unpack(this.directory));
		}
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (Future<Path> unpacking : threads.invokeAll(unpackings)) {
				assertThat(unpacking.get()).isRegularFile();
			}
		}
		assertThat(filesIn(this.directory)).containsExactly(this.directory.resolve("copy"));
	}

	@Test
	void saysWhereItCannotWriteAndWhatToDo() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(EmbeddingException.class).isThrownBy(() -> unpack(file.resolve("model")))
			.withMessageContaining(RESOURCE)
			.withMessageContaining(file.toString())
			.withMessageContaining("REFLECT_HOME")
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void saysWhatIsMissing() {
		assertThatExceptionOfType(EmbeddingException.class).isThrownBy(() -> BundledFile.of("missing.onnx"))
			.withMessageContaining("missing.onnx is not on its class path");
		assertThat(BundledFile.find("missing.onnx")).isEmpty();
	}

	private static Path unpack(Path directory) {
		return BundledFile.of(RESOURCE).unpackTo(directory, "copy");
	}

	private static List<Path> filesIn(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

}
