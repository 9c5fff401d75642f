package io.reflectbatch.cli;

import java.io.PrintWriter;

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
		subcommands = { ImportCommand.class, WatchCommand.class, RunCommand.class, SearchCommand.class,
				HistoryCommand.class, ShowCommand.class, FilesCommand.class, StopCommand.class, RestartCommand.class,
				VerifyCommand.class, PruneCommand.class, ExportStateCommand.class, AdoptStateCommand.class,
				WatchSettingsCommand.class },
		footer = { "", "Exit codes: 0 completed, 1 failed (run it again), 2 usage or configuration,",
				"3 another run is importing, 4 Qdrant or the database is unreachable,",
				"5 lines were skipped (--strict), 143 stopped (run it again)." })
public final class ReflectCommand implements Runnable {

	private static final String WATCH = "watch";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/**
	 * Runs a command line.
	 * @param application the Spring Boot application
	 * @param arguments the command line
	 * @return the exit code
	 */
	public static int execute(Class<?> application, String[] arguments) {
		Lifeline.holdIfWatched();
		Terminal.prepareLogging();
		CommandLine commandLine = isWatch(arguments) ? watchAlone()
				: commandLine(new ApplicationStarter(application, System.getenv()));
		return commandLine.execute(arguments);
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

	static CommandLine commandLine(ApplicationStarter starter) {
		return configured(new CommandLine(new ReflectCommand(), new CommandFactory(starter)));
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
		PrintWriter err = command.getErr();
		err.println("reflect: " + failure.getMessage());
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

	private static ExitCode report(Exception failure, CommandLine command) {
		PrintWriter err = command.getErr();
		Failures.message(failure).lines().forEach((line) -> err.println("reflect: " + line));
		if (command.getCommand() instanceof SpringCommand spring && spring.verbose()) {
			failure.printStackTrace(err);
		}
		err.flush();
		return Failures.exitCode(failure);
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "which command?");
	}

}
