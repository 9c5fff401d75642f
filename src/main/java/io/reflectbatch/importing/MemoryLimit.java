package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How much memory the control groups of this process allow: those of version 2, or the
 * memory controller of version 1. The narrowest of a group and the groups around it
 * counts.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
final class MemoryLimit {

	private static final String UNIFIED = "0::";

	private static final String CONTROLLER = ":memory:";

	/**
	 * What version 1 shows where there is no limit is a little less than the largest
	 * number.
	 */
	private static final long UNLIMITED = 1L << 60;

	private final Path groupsOfProcess;

	private final Path mount;

	/**
	 * Looks at this process.
	 */
	MemoryLimit() {
		this(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
	}

	MemoryLimit(Path groupsOfProcess, Path mount) {
		this.groupsOfProcess = groupsOfProcess;
		this.mount = mount;
	}

	/**
	 * Returns the limit in bytes; empty where there is none, and on other systems than
	 * Linux.
	 */
	OptionalLong bytes() {
		LongStream.Builder limits = LongStream.builder();
		for (String group : groups()) {
			int controller = group.indexOf(CONTROLLER);
			if (controller > 0) {
				String path = group.substring(controller + CONTROLLER.length());
				collect(this.mount.resolve("memory"), path, "memory.limit_in_bytes", limits);
			}
			else if (group.startsWith(UNIFIED)) {
				collect(this.mount, group.substring(UNIFIED.length()), "memory.max", limits);
			}
		}
		return limits.build().filter((limit) -> limit < UNLIMITED).min();
	}

	private List<String> groups() {
		try {
			return Files.readAllLines(this.groupsOfProcess);
		}
		catch (IOException ex) {
			return List.of(); // not on Linux
		}
	}

	// In a container the group may be named as the host sees it, while the mount begins
	// with it: then only the mount itself is there.
	private static void collect(Path root, String path, String file, LongStream.Builder limits) {
		List<Path> directories = new ArrayList<>(List.of(root));
		for (Path name : Path.of(path.replaceFirst("^/+", ""))) {
			directories.add(directories.getLast().resolve(name));
		}
		directories.forEach((directory) -> read(directory.resolve(file)).ifPresent(limits));
	}

	private static OptionalLong read(Path file) {
		try {
			return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
		}
		catch (IOException | NumberFormatException ex) {
			return OptionalLong.empty(); // no such group, or "max"
		}
	}

}
