package io.reflectbatch.watch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the Java of this process was started, to start another one in the same way: the
 * same Java, the same options in the same order, the same application.
 */
public final class JavaCommand {

	/**
	 * The options that are meant for the watch only.
	 */
	static final String OWN_OPTIONS = "jvm-watch.options";

	/**
	 * What stands before an option that is meant for the imports only.
	 */
	static final String FOR_IMPORTS = "-Dreflect.import.option=";

	private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

	private final String java;

	private final List<String> options;

	private JavaCommand(String java, List<String> options) {
		this.java = java;
		this.options = options;
	}

	/**
	 * Finds out how this process was started.
	 * @param arguments the arguments of the application
	 * @throws WatchFailedException if that cannot be found out here
	 */
	public static JavaCommand ofThisProcess(List<String> arguments) {
		return of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), commandLine(), arguments);
	}

	private static List<String> commandLine() {
		try {
			// ProcessHandle reads no more than a page of it.
			String text = Files.readString(COMMAND_LINE, Charset.forName(System.getProperty("sun.jnu.encoding")));
			List<String> words = List.of(text.split("\0", -1));
			return words.subList(1, words.size() - 1);
		}
		catch (IOException ex) {
			// Not on Linux.
			return ProcessHandle.current().info().arguments().map(List::of).orElse(List.of());
		}
	}

	/**
	 * Takes the application's arguments off a command line.
	 * @param java the program
	 * @param words the command line behind the program
	 * @param arguments the arguments of the application
	 * @throws WatchFailedException if these are not the end of the command line
	 */
	public static JavaCommand of(String java, List<String> words, List<String> arguments) {
		int end = words.size() - arguments.size();
		if (end <= 0 || !words.subList(end, words.size()).equals(arguments)) {
			throw new WatchFailedException("Cannot find out how Java was started, to start it again for an import."
					+ " This system shows the command line " + words + " for the arguments " + arguments);
		}
		return new JavaCommand(java,
				words.subList(0, end)
					.stream()
					.filter(JavaCommand::isForImports)
					.map(JavaCommand::asImportsHaveIt)
					.toList());
	}

	// A pipe is not a terminal on which somebody could answer.
	private static boolean isForImports(String option) {
		boolean own = option.startsWith("@") && new File(option.substring(1)).getName().equals(OWN_OPTIONS);
		return !own && !option.startsWith("-Dreflect.terminal.input=");
	}

	private static String asImportsHaveIt(String option) {
		return option.startsWith(FOR_IMPORTS) ? option.substring(FOR_IMPORTS.length()) : option;
	}

	/**
	 * Returns a command line.
	 * @param properties system properties, which the options of this process can override
	 * @param arguments the arguments of the application
	 */
	public List<String> with(List<String> properties, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(this.java);
		properties.forEach((property) -> command.add("-D" + property));
		command.addAll(this.options);
		command.addAll(arguments);
		return command;
	}

}
