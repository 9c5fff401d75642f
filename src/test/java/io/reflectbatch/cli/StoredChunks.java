package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * Looks from outside whether an import has written chunks: at the files of its store,
 * because to ask {@code history} costs the start of a JVM each time, beside the import
 * that is to be caught in the middle.
 */
final class StoredChunks {

	private StoredChunks() {
	}

	/**
	 * Waits until the first chunks are in the embedded store.
	 * @param home the data directory of the import
	 */
	static void awaitFirst(Path home) {
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100)).until(() -> exist(home));
	}

	private static boolean exist(Path home) throws IOException {
		Path store = home.resolve("lucene");
		if (!Files.isDirectory(store)) {
			return false;
		}
		try (Stream<Path> files = Files.list(store)) {
			return files.anyMatch((file) -> file.getFileName().toString().startsWith("_0"));
		}
	}

}
