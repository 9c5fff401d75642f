package io.reflectbatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;

import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * Records a run with the JDK's Flight Recorder: where the time goes, memory, locks, and
 * Spring Batch's events for jobs, steps, chunks and items. Closing it writes the file,
 * however the run has ended.
 */
final class FlightRecording implements AutoCloseable {

	private static final String OPTION = "--profile ";

	private static final byte[] MAGIC = "FLR\0".getBytes(StandardCharsets.US_ASCII);

	/**
	 * What may hold passwords.
	 */
	private static final List<String> SECRETS = List.of("jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty",
			"jdk.SystemProcess");

	/**
	 * Off by default. Unlike other samples it sees native code, so the model (Java 25, on
	 * Linux; <a href="https://openjdk.org/jeps/509">JEP 509</a>).
	 */
	private static final String PROCESSOR_TIME = "jdk.CPUTimeSample";

	private static final double MEGABYTE = 1 << 20;

	private final Recording recording;

	private final Path file;

	private final Notices notices;

	private FlightRecording(Recording recording, Path file, Notices notices) {
		this.recording = recording;
		this.file = file;
		this.notices = notices;
	}

	/**
	 * Begins to record.
	 * @param file the file to write at the end; an earlier recording is replaced
	 * @param notices where to say that it was written
	 * @throws UsageException if it could not be written
	 */
	static FlightRecording start(Path file, Notices notices) {
		requireWritable(file);
		if (!FlightRecorder.isAvailable()) {
			throw new UsageException(OPTION + file + ": this Java has no Flight Recorder. Use a whole JDK.");
		}
		try {
			Recording recording = new Recording(Configuration.getConfiguration("profile"));
			recording.setName("reflect");
			SECRETS.forEach(recording::disable);
			recording.enable(PROCESSOR_TIME);
			recording.start();
			return new FlightRecording(recording, file, notices);
		}
		catch (IOException | ParseException | IllegalStateException ex) {
			throw new UsageException(OPTION + file + ": the Flight Recorder cannot start: " + ex.getMessage()
					+ ". It needs to write to " + System.getProperty("java.io.tmpdir")
					+ "; name another directory with -Djava.io.tmpdir=DIR in REFLECT_JAVA_OPTS.", ex);
		}
	}

	private static void requireWritable(Path file) {
		Path directory = file.getParent();
		if (Files.isDirectory(file)) {
			throw new UsageException(OPTION + file + " is a directory. Name a file, such as run.jfr.");
		}
		if (directory == null || !Files.isDirectory(directory)) {
			throw new UsageException(OPTION + file + ": the directory " + directory + " does not exist.");
		}
		if (!Files.isWritable(Files.exists(file) ? file : directory)) {
			throw new UsageException(OPTION + file + " cannot be written. Name a file that can.");
		}
		if (Files.exists(file) && !isRecording(file)) {
			throw new UsageException(OPTION + file + " is a file, but no recording; it is not overwritten.");
		}
	}

	private static boolean isRecording(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			byte[] start = content.readNBytes(MAGIC.length);
			return start.length == 0 || Arrays.equals(start, MAGIC);
		}
		catch (IOException ex) {
			throw new UsageException(OPTION + file + " cannot be read: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void close() {
		try (this.recording) {
			this.recording.stop();
			this.recording.dump(this.file);
			this.notices.say(Console.format("Profile: %s (%.1f MB)", this.file, Files.size(this.file) / MEGABYTE));
		}
		catch (IOException ex) {
			this.notices.complain("The profile " + this.file + " was not written: " + ex.getMessage());
		}
	}

}
