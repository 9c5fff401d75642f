package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How much memory this process has needed.
 */
final class ProcessMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final String PEAK = "VmHWM:";

	private static final double KILOBYTES_A_MEGABYTE = 1024;

	private ProcessMemory() {
	}

	/**
	 * Returns the peak resident memory for people, as Linux knows it.
	 */
	static String peak() {
		try {
			return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith(PEAK))
				.map((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.map((kilobytes) -> String.format(Locale.ROOT, "%.0f MB", kilobytes / KILOBYTES_A_MEGABYTE))
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown"; // there is no such file but on Linux
		}
	}

}
