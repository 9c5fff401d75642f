package io.reflectbatch.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: {@code reflect COMMAND}.
 */
@Command(name = "reflect", versionProvider = Version.class, mixinStandardHelpOptions = true,
		description = "Turns Claude Code conversation logs into a searchable memory, and never loses its place.",
		subcommands = { ImportCommand.class, RunCommand.class, SearchCommand.class, HistoryCommand.class,
				ShowCommand.class, FilesCommand.class, VerifyCommand.class, PruneCommand.class,
				ExportStateCommand.class, AdoptStateCommand.class },
		footer = { "", "Exit codes: 0 completed, 1 failed (run it again), 2 usage or configuration,",
				"3 another run is importing, 4 Qdrant or the database is unreachable,",
				"5 lines were skipped (--strict), 143 stopped (run it again)." })
public final class ReflectCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/**
	 * Runs a command line.
	 * @param application the Spring Boot application
	 * @param arguments the command line
	 * @return the exit code
	 */
	public static int execute(Class<?> application, String[] arguments) {
		CommandLine commandLine = new CommandLine(new ReflectCommand(), new CommandFactory(application));
		commandLine.setCaseInsensitiveEnumValuesAllowed(true);
		commandLine
			.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()).value());
		return commandLine.execute(arguments);
	}

	private static ExitCode report(Exception failure, PrintWriter err) {
		err.println("reflect: " + Failures.message(failure));
		err.flush();
		return Failures.exitCode(failure);
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Which command?");
	}

}
