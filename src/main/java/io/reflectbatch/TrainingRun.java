package io.reflectbatch;

import java.util.List;
import java.util.stream.Stream;

import io.reflectbatch.cli.ReflectCommand;

/**
 * Runs the everyday commands once, for a JVM that takes notes: the build keeps in an AOT
 * cache (JEP 483, JEP 514) what the JVM has loaded and linked meanwhile, and later starts
 * begin with that.
 */
final class TrainingRun {

	private final String home;

	private TrainingRun(String home) {
		this.home = home;
	}

	/**
	 * Runs the commands.
	 * @param arguments a data directory that does not exist yet, and a logs directory
	 */
	public static void main(String[] arguments) {
		new TrainingRun(arguments[0]).run(arguments[1]);
	}

	private void run(String logs) {
		execute("import", "--logs", logs);
		execute("history");
		execute("show", "1");
		execute("files");
		execute("search", "how do I stop a running container");
		execute("import", "--logs", logs);
	}

	private void execute(String... command) {
		String[] commandLine = Stream.concat(Stream.of(command), Stream.of("--home", this.home)).toArray(String[]::new);
		int exitCode = ReflectCommand.execute(ReflectBatchApplication.class, commandLine);
		if (exitCode != 0) {
			throw new IllegalStateException("%s ended with exit code %d".formatted(List.of(command), exitCode));
		}
	}

}
