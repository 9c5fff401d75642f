package io.reflectbatch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * A directory with all that is in it.
 *
 * @param root the directory, which need not exist
 */
record FileTree(Path root) {

	static void delete(Path root) throws IOException {
		FileSystemUtils.deleteRecursively(root);
	}

	/**
	 * The size of a file, or of all files in a directory, in bytes.
	 */
	long bytes() throws IOException {
		return count(true);
	}

	/**
	 * The number of conversation logs.
	 */
	long logs() throws IOException {
		return count(false);
	}

	private long count(boolean bytes) throws IOException {
		if (!Files.exists(this.root)) {
			return 0;
		}
		try (Stream<Path> files = Files.walk(this.root)) {
			return files.filter(Files::isRegularFile).mapToLong((file) -> bytes ? size(file) : one(file)).sum();
		}
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long one(Path file) {
		return file.toString().endsWith(".jsonl") ? 1 : 0;
	}

}
