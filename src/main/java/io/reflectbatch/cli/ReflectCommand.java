package io.reflectbatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: {@code reflect COMMAND}.
 */
@Command(name = "reflect", versionProvider = Version.class, mixinStandardHelpOptions = true,
		description = "Turns Claude Code conversation logs into a searchable memory, and never loses its place.",
		footer = { "", "Exit codes: 0 completed, 1 failed (run it again), 2 usage or configuration,",
				"3 another run is importing, 4 Qdrant or the database is unreachable,",
				"5 lines or files were skipped (--strict), 143 stopped (run it again)." })
public final class ReflectCommand implements Runnable {

	private static final String WATCH = "watch";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private final RunEnd end = new RunEnd();

	/**
	 * Runs a command line.
	 * @param application the Spring Boot application
	 * @param arguments the command line
	 * @return the exit code
	 */
	public static int execute(Class<?> application, String[] arguments) {
		Map<String, String> variables = System.getenv();
		LogFormat.use(variables.getOrDefault("REFLECT_LOG_FORMAT", ""));
		Lifeline.holdIfWatched();
		if (isWatch(arguments)) {
			return watchAlone().execute(arguments);
		}
		CommandLine commandLine = commandLine(new ApplicationStarter(application, variables), arguments);
		return conclude(commandLine, commandLine.execute(arguments));
	}

	private static boolean isWatch(String[] arguments) {
		return arguments.length > 0 && arguments[0].equals(WATCH);
	}

	/**
	 * A command line that knows one command. The others, and what they need of Spring,
	 * would stay in the memory of the watch.
	 */
	static CommandLine watchAlone() {
		CommandLine commandLine = new CommandLine(CommandSpec.create().name("reflect"));
		commandLine.addSubcommand(WATCH, new WatchCommand());
		return configured(commandLine);
	}

	/**
	 * Says how a run has ended, after everything else, also to Kubernetes if that has
	 * started it.
	 * @param commandLine the command line that was executed
	 * @param exitCode the exit code of the process
	 * @return the exit code
	 */
	static int conclude(CommandLine commandLine, int exitCode) {
		return conclude(commandLine, exitCode, TerminationLog.in(System.getenv(), Path.of("/dev/termination-log")));
	}

	/**
	 * Says how a run has ended, after everything else.
	 * @param commandLine the command line that was executed
	 * @param exitCode the exit code of the process
	 * @param log where to leave the same for Kubernetes
	 * @return the exit code
	 */
	static int conclude(CommandLine commandLine, int exitCode, TerminationLog log) {
		RunEnd end = ((ReflectCommand) commandLine.getCommand()).end;
		if (end.isAwaited()) {
			Notices notices = new Notices(commandLine.getErr());
			RunEnd.Line line = end.line(exitCode);
			try {
				log.write(line.toString());
			}
			catch (IOException ex) {
				notices.complain("The termination log was not written: " + ex);
			}
			notices.conclude(line);
		}
		return exitCode;
	}

	/**
	 * What a run leaves for the last line of its log.
	 */
	RunEnd end() {
		return this.end;
	}

	/**
	 * A command line that knows the command with which the arguments begin, or else all
	 * of them.
	 */
	static CommandLine commandLine(ApplicationStarter starter, String... arguments) {
		CommandLine commandLine = new CommandLine(new ReflectCommand());
		boolean named = arguments.length > 0 && Commands.NAMES.contains(arguments[0]);
		for (String name : named ? List.of(arguments[0]) : Commands.NAMES) {
			commandLine.addSubcommand(name, Commands.create(name, starter));
		}
		return configured(commandLine);
	}

	private static CommandLine configured(CommandLine commandLine) {
		commandLine.setExpandAtFiles(false);
		// The directories of projects begin with a hyphen: files --retry
		// -home-dev/x.jsonl
		commandLine.setAllowOptionsAsOptionParameters(true);
		commandLine.setParameterExceptionHandler((failure, arguments) -> explain(failure).value());
		commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command).value());
		return commandLine;
	}

	private static ExitCode explain(ParameterException failure) {
		CommandLine command = failure.getCommandLine();
		if (command.getCommand() instanceof LaunchCommand launch) {
			launch.end().await();
			launch.end().failure(String.valueOf(failure.getMessage()));
		}
		PrintWriter err = command.getErr();
		new Notices(err).complain(String.valueOf(failure.getMessage()));
		if (LogFormat.isForPrograms()) {
			return ExitCode.USAGE;
		}
		if (command.getParent() == null && !(failure instanceof UnmatchedArgumentException)) {
			command.usage(err);
		}
		else {
			UnmatchedArgumentException.printSuggestions(failure, err);
			err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
		}
		err.flush();
		return ExitCode.USAGE;
	}

	/**
	 * Says why a command has failed.
	 * @param failure why
	 * @param command the command
	 */
	static ExitCode report(Exception failure, CommandLine command) {
		Notices notices = new Notices(command.getErr());
		String message = Failures.message(failure);
		notices.complain(message);
		if (command.getCommand() instanceof SpringCommand spring) {
			spring.end().failure(message);
			if (spring.verbose()) {
				notices.trace(failure);
			}
		}
		return Failures.exitCode(failure);
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "which command?");
	}

}
