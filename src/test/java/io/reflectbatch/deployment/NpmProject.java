package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A directory with a {@code package-lock.json}, which pins packages with their hashes:
 * programs that tests use. {@code npm ci} installs them once, beside the lock file.
 */
public final class NpmProject {

	private static final Duration INSTALLATION = Duration.ofMinutes(5);

	private final Path directory;

	/**
	 * Names a project; nothing is installed yet.
	 * @param directory where its lock file is
	 */
	public NpmProject(Path directory) {
		this.directory = directory.toAbsolutePath();
	}

	/**
	 * Returns a program, installing the packages if need be.
	 * @param program its path below {@code node_modules}
	 * @throws IOException if it cannot be installed; says why
	 */
	public Path program(String program) throws IOException {
		Path path = this.directory.resolve("node_modules").resolve(program);
		installAlone(path);
		return path;
	}

	/**
	 * The lock keeps test JVMs that run at the same time from installing over each other.
	 */
	private void installAlone(Path program) throws IOException {
		try (FileChannel channel = FileChannel.open(this.directory.resolve(".install.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = acquire(channel)) {
			if (lock.isValid() && !isInstalled(program)) {
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
	private boolean isInstalled(Path program) throws IOException {
		Path installed = this.directory.resolve("node_modules/.package-lock.json");
		return Files.isExecutable(program) && Files.exists(installed) && Files.getLastModifiedTime(installed)
			.compareTo(Files.getLastModifiedTime(this.directory.resolve("package-lock.json"))) >= 0;
	}

	private void install() throws IOException {
		Path log = Path.of("target", "npm-" + this.directory.getFileName() + ".log").toAbsolutePath();
		Files.createDirectories(log.getParent());
		Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			if (!npm.waitFor(INSTALLATION.toSeconds(), TimeUnit.SECONDS) || npm.exitValue() != 0) {
				throw new IOException(
						"'npm ci' in %s failed, see %s: %s".formatted(this.directory, log, Files.readString(log)));
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
