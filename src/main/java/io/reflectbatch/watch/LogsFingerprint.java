package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What paths, sizes and modification times of all logs add up to. Two fingerprints are
 * equal if no log was added, removed or written in between (or by a chance of one in
 * 2<sup>64</sup>); nothing has to be kept of each file.
 *
 * @param files the number of logs
 * @param sum the sum of a hash of each
 */
record LogsFingerprint(long files, long sum) {

	private static final Set<FileVisitOption> FOLLOW_LINKS = EnumSet.of(FileVisitOption.FOLLOW_LINKS);

	/**
	 * Looks at the logs, where an import does. What cannot be looked at is left out: the
	 * import complains.
	 * @param logs the logs directory
	 * @param directories gets to know each directory before it is looked into
	 */
	static LogsFingerprint of(Path logs, Consumer<Path> directories) throws IOException {
		Visitor visitor = new Visitor(new LogLayout(logs), directories);
		Files.walkFileTree(logs, FOLLOW_LINKS, Integer.MAX_VALUE, visitor);
		return new LogsFingerprint(visitor.files, visitor.sum);
	}

	private static final class Visitor extends SimpleFileVisitor<Path> {

		// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
		private static final long OFFSET_BASIS = 0xcbf29ce484222325L;

		private static final long PRIME = 0x100000001b3L;

		private final LogLayout layout;

		private final Consumer<Path> directories;

		private long files;

		private long sum;

		Visitor(LogLayout layout, Consumer<Path> directories) {
			this.layout = layout;
			this.directories = directories;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
			if (!this.layout.isLookedInto(directory)) {
				return FileVisitResult.SKIP_SUBTREE;
			}
			this.directories.accept(directory);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			if (attributes.isRegularFile() && this.layout.isRead(file)) {
				this.files++;
				this.sum += hash(file.toString(), attributes);
			}
			return FileVisitResult.CONTINUE;
		}

		private static long hash(String path, BasicFileAttributes attributes) {
			long hash = OFFSET_BASIS;
			for (int i = 0; i < path.length(); i++) {
				hash = (hash ^ path.charAt(i)) * PRIME;
			}
			hash = mix(hash ^ attributes.size());
			return mix(hash ^ attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
		}

		// The finalizer of MurmurHash3: every bit of the input changes half of the
		// output.
		private static long mix(long value) {
			long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
			mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
			return mixed ^ (mixed >>> 33);
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException failure) {
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
			return FileVisitResult.CONTINUE;
		}

	}

}
