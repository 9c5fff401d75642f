package io.reflectbatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command and watches what it needs: Linux tells processor time and peak memory of
 * a process only while it lives, so it is asked twenty times a second.
 */
public final class MeasuredProcess {

	private static final long PAUSE_MILLIS = 50;

	private static final double TICKS_A_SECOND = 100;

	private static final int USER_TIME = 11;

	private static final int SYSTEM_TIME = 12;

	private final List<String> command;

	private final Map<String, String> environment;

	private final Path log;

	private double cpuSeconds;

	private long peakBytes;

	private long anonymousPeakBytes;

	private OptionalLong limit = OptionalLong.empty();

	public MeasuredProcess(List<String> command, Map<String, String> environment, Path log) {
		this.command = command;
		this.environment = environment;
		this.log = log;
	}

	/**
	 * Limits the memory of the process, with the page cache and without swap.
	 * @param bytes the limit
	 */
	MeasuredProcess within(long bytes) {
		this.limit = OptionalLong.of(bytes);
		return this;
	}

	/**
	 * Runs the command to its end.
	 * @throws IOException if it cannot be started or fails
	 */
	public Measurement run() throws IOException, InterruptedException {
		Path output = Files.createTempFile("reflect-bench", ".out");
		try (ControlGroup group = ControlGroup.create()) {
			if (this.limit.isPresent()) {
				group.limit(this.limit.getAsLong());
			}
			ProcessBuilder builder = new ProcessBuilder(group.enter(this.command)).redirectOutput(output.toFile())
				.redirectError(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
			builder.environment().putAll(this.environment);
			long start = System.nanoTime();
			Process process = builder.start();
			watch(process);
			double seconds = (System.nanoTime() - start) / 1e9;
			if (process.exitValue() != 0) {
				throw new IOException("%s ended with exit code %d; see %s".formatted(String.join(" ", this.command),
						process.exitValue(), this.log));
			}
			return new Measurement(seconds, this.cpuSeconds, this.peakBytes, this.anonymousPeakBytes, group.peak(),
					Files.readString(output));
		}
		finally {
			Files.delete(output);
		}
	}

	private void watch(Process process) throws InterruptedException {
		try {
			while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
				sample(Path.of("/proc", String.valueOf(process.pid())));
			}
		}
		finally {
			process.destroyForcibly();
		}
	}

	private void sample(Path directory) {
		try {
			List<String> status = Files.readAllLines(directory.resolve("status"));
			this.peakBytes = Math.max(this.peakBytes, bytes(status, "VmHWM:"));
			this.anonymousPeakBytes = Math.max(this.anonymousPeakBytes, bytes(status, "RssAnon:"));
			String stat = Files.readString(directory.resolve("stat"));
			// The name of the command, in brackets, may hold anything.
			List<String> fields = new ArrayList<>(List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")));
			this.cpuSeconds = (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME)))
					/ TICKS_A_SECOND;
		}
		catch (IOException ex) {
			// It has ended since; or this is not Linux, and nothing is known.
			return;
		}
	}

	private static long bytes(List<String> status, String key) {
		return status.stream()
			.filter((line) -> line.startsWith(key))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.findFirst()
			.orElse(0);
	}

}
