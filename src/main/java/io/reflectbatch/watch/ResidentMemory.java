package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much memory this process has, as Linux knows it; elsewhere nothing is known.
 */
final class ResidentMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final String KEY = "VmRSS:";

	private static final int KILOBYTE = 1024;

	private ResidentMemory() {
	}

	/**
	 * Returns what is resident now, in bytes.
	 */
	static OptionalLong now() {
		try {
			for (String line : Files.readAllLines(STATUS)) {
				if (line.startsWith(KEY)) {
					String kilobytes = line.substring(KEY.length(), line.indexOf("kB")).strip();
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
