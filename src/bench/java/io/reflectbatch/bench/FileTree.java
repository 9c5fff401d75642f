package io.reflectbatch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.reflectbatch.conversation.ConversationFiles;

import org.springframework.util.FileSystemUtils;

/**
 * A directory with all that is in it.
 *
 * @param root the directory, which need not exist
 */
public record FileTree(Path root) {

	public static void delete(Path root) throws IOException {
		FileSystemUtils.deleteRecursively(root);
	}

	/**
	 * The size of a file, or of all files in a directory, in bytes.
	 */
	public long bytes() throws IOException {
		if (!Files.exists(this.root)) {
			return 0;
		}
		try (Stream<Path> files = Files.walk(this.root)) {
			return files.filter(Files::isRegularFile).mapToLong(FileTree::size).sum();
		}
	}

	/**
	 * The number of conversation logs.
	 */
	public long logs() throws IOException {
		return ConversationFiles.below(this.root, false).files().size();
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
