package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much memory this process has, as Linux knows it; elsewhere nothing is known.
 */
public final class ResidentMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final int KILOBYTE = 1024;

	private ResidentMemory() {
	}

	/**
	 * Returns what is resident now, in bytes.
	 */
	static OptionalLong now() {
		return read("VmRSS:");
	}

	/**
	 * Returns what of it is for this process alone, and cannot be given back, in bytes.
	 */
	public static OptionalLong anonymous() {
		return read("RssAnon:");
	}

	private static OptionalLong read(String key) {
		try {
			for (String line : Files.readAllLines(STATUS)) {
				if (line.startsWith(key)) {
					String kilobytes = line.substring(key.length(), line.indexOf("kB")).strip();
					return OptionalLong.of(Long.parseLong(kilobytes) * KILOBYTE);
				}
			}
			return OptionalLong.empty();
		}
		catch (IOException ex) {
			return OptionalLong.empty(); // not on Linux
		}
	}

}
