package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import org.jspecify.annotations.Nullable;

/**
 * A file in a jar, of the class path above all, and its copy on disk for native code that
 * needs a path.
 * <p>
 * A copy is used only if its size and CRC-32 are those of the original, and appears under
 * its name only when it is complete and on the medium: a process killed half-way, or
 * several unpacking at once, do no harm.
 */
final class BundledFile {

	private static final long ROOM_FOR_THE_DATABASE = 4L << 20;

	private static final String TEMPORARY_SUFFIX = ".tmp";

	private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

	private final URL url;

	private final Checksum checksum;

	private BundledFile(URL url, Checksum checksum) {
		this.url = url;
		this.checksum = checksum;
	}

	/**
	 * Finds a file that must be there.
	 * @param resource the path from the root of the class path
	 */
	static BundledFile of(String resource) {
		return find(resource).orElseThrow(() -> new EmbeddingException(
				("The application is incomplete: %s is not on its class path. Build it again with all its dependencies, "
						+ "or use an unmodified release.")
					.formatted(resource)));
	}

	/**
	 * Finds a file that may be there.
	 * @param resource the path from the root of the class path
	 */
	static Optional<BundledFile> find(String resource) {
		URL url = BundledFile.class.getClassLoader().getResource(resource);
		return (url != null) ? Optional.of(new BundledFile(url, checksumOf(url))) : Optional.empty();
	}

	/**
	 * Takes a file that was found elsewhere.
	 * @param url where it is
	 */
	static BundledFile at(URL url) {
		return new BundledFile(url, checksumOf(url));
	}

	private static Checksum checksumOf(URL url) {
		try {
			Checksum listed = checksumInJar(url);
			return (listed != null) ? listed : Checksum.of(url.openStream());
		}
		catch (IOException ex) {
			throw new EmbeddingException(
					"Cannot read %s. If the application was replaced while it runs, start it again.".formatted(url),
					ex);
		}
	}

	/**
	 * A jar lists size and CRC-32 of its entries: there is no need to inflate 90 MB at
	 * every start.
	 */
	private static @Nullable Checksum checksumInJar(URL url) throws IOException {
		URLConnection connection = url.openConnection();
		connection.setUseCaches(false);
		if (!(connection instanceof JarURLConnection inJar)) {
			return null;
		}
		try (JarFile jar = inJar.getJarFile()) {
			JarEntry entry = jar.getJarEntry(inJar.getEntryName());
			return (entry != null && entry.getSize() >= 0) ? new Checksum(entry.getSize(), entry.getCrc()) : null;
		}
	}

	/**
	 * Opens the original.
	 */
	InputStream open() throws IOException {
		return this.url.openStream();
	}

	/**
	 * The original, if it is a file of its own.
	 */
	Path path() {
		return Path.of(URI.create(this.url.toString()));
	}

	/**
	 * The size of the original in bytes.
	 */
	long size() {
		return this.checksum.size();
	}

	/**
	 * The CRC-32 of the original, eight hexadecimal digits.
	 */
	String crc() {
		return "%08x".formatted(this.checksum.crc());
	}

	@Override
	public String toString() {
		return this.url.toString();
	}

	/**
	 * Makes sure that there is a complete copy.
	 * @param directory where; made if it is not there
	 * @param name the name of the copy
	 * @return the copy
	 */
	Path unpackTo(Path directory, String name) {
		Path target = directory.resolve(name);
		try {
			if (!isIntact(target)) {
				unpack(directory, target);
			}
			return target;
		}
		catch (IOException ex) {
			throw new EmbeddingException(("Cannot unpack %s (%d MB) to %s: %s. The directory must be writable and "
					+ "have room; choose another one with REFLECT_HOME.")
				.formatted(this.url, this.checksum.size() >> 20, target, ex), ex);
		}
	}

	private boolean isIntact(Path copy) throws IOException {
		return Files.isRegularFile(copy) && Files.size(copy) == this.checksum.size()
				&& this.checksum.equals(Checksum.of(Files.newInputStream(copy)));
	}

	private void unpack(Path directory, Path target) throws IOException {
		Files.createDirectories(directory);
		deleteAbandoned(directory);
		requireRoom(Files.getFileStore(directory));
		Path temporary = directory
			.resolve("%s.%s%s".formatted(target.getFileName(), UUID.randomUUID(), TEMPORARY_SUFFIX));
		try {
			copyTo(temporary);
			moveInPlace(temporary, target);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	// The database is on the same disk and in use: it must not find that full, since H2
	// closes itself then, and a thread that is about to ask it may turn round for ever
	// (MVStore.registerVersionUsage of H2 2.4.240).
	private void requireRoom(FileStore disk) throws IOException {
		long free = disk.getUsableSpace();
		// Some file systems cannot tell.
		if (disk.getTotalSpace() > 0 && free < this.checksum.size() + ROOM_FOR_THE_DATABASE) {
			throw new IOException("No space left on device (%d MB are free)".formatted(free >> 20));
		}
	}

	/**
	 * Deletes what killed processes have left; what others write now is younger.
	 */
	private static void deleteAbandoned(Path directory) throws IOException {
		FileTime limit = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
		try (DirectoryStream<Path> temporaries = Files.newDirectoryStream(directory, "*" + TEMPORARY_SUFFIX)) {
			for (Path temporary : temporaries) {
				if (isOlder(temporary, limit)) {
					Files.deleteIfExists(temporary);
				}
			}
		}
	}

	private static boolean isOlder(Path temporary, FileTime limit) throws IOException {
		try {
			return Files.getLastModifiedTime(temporary).compareTo(limit) < 0;
		}
		catch (NoSuchFileException ex) {
			// Another process has just moved it in place.
			return false;
		}
	}

	private void copyTo(Path temporary) throws IOException {
		CheckedInputStream in = new CheckedInputStream(open(), new CRC32());
		try (in;
				FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
				OutputStream out = Channels.newOutputStream(file)) {
			Checksum copied = new Checksum(in.transferTo(out), in.getChecksum().getValue());
			if (!copied.equals(this.checksum)) {
				throw new IOException("read %s, expected %s".formatted(copied, this.checksum));
			}
			file.force(true);
		}
	}

	private void moveInPlace(Path temporary, Path target) throws IOException {
		try {
			Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			// Windows refuses to replace a library that another process has loaded.
			if (!isIntact(target)) {
				throw ex;
			}
		}
	}

	/**
	 * Size in bytes and CRC-32.
	 */
	private record Checksum(long size, long crc) {

		static Checksum of(InputStream content) throws IOException {
			try (CheckedInputStream in = new CheckedInputStream(content, new CRC32())) {
				return new Checksum(in.transferTo(OutputStream.nullOutputStream()), in.getChecksum().getValue());
			}
		}

	}

}
