package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A memory cgroup for one process, of version 1 or 2, where there are cgroups and we may
 * make one.
 */
final class ControlGroup implements AutoCloseable {

	private static final Path ROOT = Path.of("/sys/fs/cgroup");

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private final @Nullable Path directory;

	private ControlGroup(@Nullable Path directory) {
		this.directory = directory;
	}

	static ControlGroup create() {
		String name = "reflect-bench-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
			for (String line : lines.toList()) {
				String[] fields = line.split(":", 3);
				Path parent = fields[1].equals("memory") ? ROOT.resolve("memory") : ROOT;
				Path own = parent.resolve(fields[2].substring(1));
				if (fields[1].matches("|memory") && Files.exists(own.resolve("cgroup.procs"))) {
					Path made = Files.createDirectory(own.resolve(name));
					if (peakIn(made).isPresent()) {
						return new ControlGroup(made);
					}
					Files.delete(made);
				}
			}
		}
		catch (IOException ex) {
			return new ControlGroup(null); // not on Linux, or not allowed
		}
		return new ControlGroup(null);
	}

	/**
	 * Limits memory and swap together.
	 * @param bytes the limit
	 * @throws IOException if it cannot be set, or there is no group
	 */
	void limit(long bytes) throws IOException {
		if (this.directory == null) {
			throw new IOException("No memory cgroup can be made here, so nothing can be limited");
		}
		boolean second = Files.exists(this.directory.resolve("memory.max"));
		Path swap = this.directory.resolve(second ? "memory.swap.max" : "memory.memsw.limit_in_bytes");
		Files.writeString(this.directory.resolve(second ? "memory.max" : "memory.limit_in_bytes"),
				String.valueOf(bytes));
		if (Files.exists(swap)) {
			Files.writeString(swap, second ? "0" : String.valueOf(bytes));
		}
	}

	/**
	 * The command that enters the group and then becomes the given one.
	 */
	List<String> enter(List<String> command) {
		if (this.directory == null) {
			return command;
		}
		List<String> entering = new ArrayList<>(List.of("/bin/sh", "-c", "echo $$ >\"$0\" && exec \"$@\"",
				this.directory.resolve("cgroup.procs").toString()));
		entering.addAll(command);
		return entering;
	}

	/**
	 * The peak in bytes, or null if there is no group.
	 */
	@Nullable Long peak() {
		OptionalLong peak = (this.directory != null) ? peakIn(this.directory) : OptionalLong.empty();
		return peak.isPresent() ? peak.getAsLong() : null;
	}

	private static OptionalLong peakIn(Path directory) {
		try {
			Path version2 = directory.resolve("memory.peak");
			Path file = Files.exists(version2) ? version2 : directory.resolve("memory.max_usage_in_bytes");
			return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

	@Override
	public void close() throws IOException {
		if (this.directory != null) {
			Files.deleteIfExists(this.directory);
		}
	}

}
