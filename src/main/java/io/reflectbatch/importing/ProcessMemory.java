package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much memory this process has, as Linux knows it; elsewhere nothing is known.
 */
public final class ProcessMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final Path CGROUP = Path.of("/proc/self/cgroup");

	private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

	private static final int KILOBYTE = 1024;

	private ProcessMemory() {
	}

	/**
	 * Returns the most that was ever resident, in bytes.
	 */
	public static OptionalLong peak() {
		return status("VmHWM:");
	}

	/**
	 * Returns what is resident now, in bytes.
	 */
	static OptionalLong resident() {
		return status("VmRSS:");
	}

	private static OptionalLong status(String key) {
		try (Stream<String> lines = Files.lines(STATUS)) {
			return lines.filter((line) -> line.startsWith(key))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
				.findFirst();
		}
		catch (IOException ex) {
			return OptionalLong.empty(); // not on Linux
		}
	}

	/**
	 * Returns what the memory cgroup (version 2) of this process is charged with, in
	 * bytes.
	 */
	static OptionalLong cgroup() {
		try (Stream<String> lines = Files.lines(CGROUP)) {
			String group = lines.filter((line) -> line.startsWith("0::")).findFirst().orElse("0::/").substring(3);
			Path current = CGROUPS.resolve(group.substring(1)).resolve("memory.current");
			return OptionalLong.of(Long.parseLong(Files.readString(current).strip()));
		}
		catch (IOException | NumberFormatException ex) {
			return OptionalLong.empty(); // version 1, the root, or none at all
		}
	}

}
