package io.reflectbatch.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * A program that tests use and that need not be on the machine: where it is missing, they
 * are skipped, and fail where {@code CI=true}.
 */
public final class Tool {

	private static final int MINUTES = 5;

	private Tool() {
	}

	/**
	 * Returns whether a program is on the {@code PATH}.
	 * @param program its name
	 */
	public static boolean isInstalled(String program) {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
	}

	/**
	 * Ends the test: skipped, or failed where {@code CI=true}.
	 * @param reason what is missing and how to get it
	 */
	@SuppressWarnings("TypeParameterUnusedInFormals") // as Assumptions.abort has it
	public static <T> T missing(String reason) {
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(reason);
		}
		return Assumptions.abort(reason);
	}

	/**
	 * Returns the first of several commands that works here.
	 * @param commands commands, the best one first, and what each of them is asked to
	 * find out whether it works
	 */
	static Optional<List<String>> first(Map<List<String>, String> commands) {
		return commands.entrySet()
			.stream()
			.filter((command) -> isInstalled(command.getKey().getFirst()))
			.filter((command) -> run(with(command.getKey(), command.getValue()), Map.of()).exitCode() == 0)
			.map(Map.Entry::getKey)
			.findFirst();
	}

	static List<String> with(List<String> command, String... arguments) {
		return Stream.concat(command.stream(), Stream.of(arguments)).toList();
	}

	/**
	 * Runs a command in the project's directory.
	 * @param command the program and its arguments
	 * @param environment variables that the command gets besides those of the test
	 */
	public static Finished run(List<String> command, Map<String, String> environment) {
		try {
			Path output = Files.createTempFile("tool", ".out");
			Path errors = Files.createTempFile("tool", ".err");
			try {
				return run(command, environment, output, errors);
			}
			finally {
				Files.delete(output);
				Files.delete(errors);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Finished run(List<String> command, Map<String, String> environment, Path output, Path errors)
			throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile())
			.redirectError(errors.toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
				throw new AssertionError(command + " has not ended after " + MINUTES + " minutes");
			}
			return new Finished(process.exitValue(), Files.readString(output), Files.readString(errors));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while " + command + " ran", ex);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	/**
	 * What came of a command.
	 *
	 * @param exitCode its exit code
	 * @param output its standard output
	 * @param errors its standard error
	 */
	public record Finished(int exitCode, String output, String errors) {

	}

}
