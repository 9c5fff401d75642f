package io.reflectbatch.cli;

import java.util.concurrent.CountDownLatch;

import io.reflectbatch.ReflectBatchApplication;
import io.reflectbatch.importing.DatabaseLoss;
import picocli.CommandLine.Command;

import org.springframework.context.ApplicationContext;

/**
 * A command that does not end, in a JVM of its own, after the database was lost.
 */
@Command(name = "import")
final class EndlessImport extends LaunchCommand {

	private EndlessImport(ApplicationStarter starter) {
		super(starter);
	}

	/**
	 * Runs the command.
	 * @param arguments its options
	 */
	public static void main(String[] arguments) {
		ApplicationStarter starter = new ApplicationStarter(ReflectBatchApplication.class, System.getenv());
		ReflectCommand.commandLine(starter, "import")
			.addSubcommand("endless", new EndlessImport(starter))
			.execute(arguments);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		Thread.ofPlatform().start(context.getBean(DatabaseLoss.class)::report);
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return ExitCode.COMPLETED;
	}

}
