package io.reflectbatch.watch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Tells in the data directory that a watch runs. The process has a lock on the file for
 * as long as it lives, however it ends, so that a file that is left behind says nothing.
 */
public final class WatchMark {

	private static final String NAME = "watch-process";

	private static final Path PROCESS_NAMESPACE = Path.of("/proc/self/ns/pid");

	/** Behind what is written: Windows lets nobody read what is locked. */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	private final Path file;

	public WatchMark(Path home) {
		this.file = home.resolve(NAME);
	}

	/**
	 * Sets the mark, unless another watch has set it.
	 * @return takes it away
	 * @throws IOException if it cannot be set
	 */
	Closeable set() throws IOException {
		FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (locks(channel, false)) {
			channel.truncate(0);
			channel.write(ByteBuffer
				.wrap((ProcessHandle.current().pid() + "\n" + namespace()).getBytes(StandardCharsets.UTF_8)));
		}
		return channel;
	}

	/**
	 * Returns the watch that runs on this data directory.
	 * @return which one it is; empty if none does
	 * @throws IOException if that cannot be found out
	 */
	public Optional<Watcher> find() throws IOException {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			return locks(channel, true) ? Optional.empty() : Optional.of(read());
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	// The lock goes with the channel.
	private static boolean locks(FileChannel channel, boolean shared) throws IOException {
		try {
			FileLock lock = channel.tryLock(LOCKED, 1, shared);
			return lock != null;
		}
		catch (OverlappingFileLockException ex) {
			return false; // by a watch in this very process
		}
	}

	private Watcher read() throws IOException {
		List<String> lines = Files.readAllLines(this.file);
		long process = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst());
		boolean here = lines.size() > 1 && lines.get(1).equals(namespace());
		return new Watcher(process, here);
	}

	// Another container has other processes under the same numbers.
	private static String namespace() throws IOException {
		return Files.exists(PROCESS_NAMESPACE) ? Files.readSymbolicLink(PROCESS_NAMESPACE).toString() : "here";
	}

	/**
	 * A watch that runs.
	 *
	 * @param process its process id, in its container if it is in one
	 * @param here whether that is a process of this machine or container, which can be
	 * ended from here
	 */
	public record Watcher(long process, boolean here) {

		/** The first process of a container, or of the machine. */
		private static final int FIRST = 1;

		public Watcher {
			here = here && process > FIRST;
		}

	}

}
