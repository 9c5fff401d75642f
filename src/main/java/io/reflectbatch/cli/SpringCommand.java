package io.reflectbatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.reflectbatch.importing.DatabaseLoss;
import io.reflectbatch.importing.JobProperties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * A command that needs Spring: starts it with the job file and the options, and closes
 * it.
 */
@Command(mixinStandardHelpOptions = true)
abstract class SpringCommand implements Callable<Integer> {

	private final ApplicationStarter starter;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private CommonOptions common = new CommonOptions();

	SpringCommand(ApplicationStarter starter) {
		this.starter = starter;
	}

	@Override
	public Integer call() {
		Settings settings = this.common.settings().putAll(settings());
		try (ConfigurableApplicationContext context = this.starter.start(jobFile(), settings, this::check)) {
			context.getBean(DatabaseLoss.class).handleWith(() -> halt(context));
			return call(context.getEnvironment(), context);
		}
	}

	// Of what is created only when it is needed, the configuration may be wrong as well.
	private int call(ConfigurableEnvironment environment, ApplicationContext context) {
		try {
			return call(context).value();
		}
		catch (RuntimeException ex) {
			throw ConfigurationErrors.translate(ex, environment);
		}
	}

	// Threads that turn round in the database for ever would keep Spring and the JVM from
	// ending. What is committed is safe, as when the process is killed.
	private void halt(ApplicationContext context) {
		Path home = context.getBean(JobProperties.class).home();
		err().print(Terminal.logPrefix());
		ExitCode code = ReflectCommand.report(new DatabaseLostException(home), commandLine());
		Runtime.getRuntime().halt(ReflectCommand.conclude(this.spec.root().commandLine(), code.value()));
	}

	/**
	 * Checks the configuration before anything is done.
	 * @param beans give what the configuration is bound to
	 */
	void check(BeanFactory beans) {
		beans.getBean(JobProperties.class);
	}

	/**
	 * Does what the command is for.
	 * @param context Spring
	 */
	abstract ExitCode call(ApplicationContext context);

	/**
	 * What the command's own options say.
	 */
	Settings settings() {
		return new Settings();
	}

	/**
	 * The job file; without one a command works as the import does by default.
	 */
	List<PropertySource<?>> jobFile() {
		return this.starter.jobFile(this.common.jobFile());
	}

	/**
	 * The job file that is an argument of the command.
	 * @param file the argument
	 */
	List<PropertySource<?>> jobFile(Path file) {
		if (this.common.jobFile() != null) {
			throw new ParameterException(commandLine(), "FILE and --job-file both name a job file; expected one");
		}
		return JobFile.load(file);
	}

	boolean verbose() {
		return this.common.verbose();
	}

	boolean json() {
		return this.common.json();
	}

	CommandLine commandLine() {
		return this.spec.commandLine();
	}

	/**
	 * What this run leaves for the last line of its log.
	 */
	RunEnd end() {
		return ((ReflectCommand) this.spec.root().userObject()).end();
	}

	Notices notices() {
		return new Notices(err());
	}

	PrintWriter out() {
		return this.spec.commandLine().getOut();
	}

	PrintWriter err() {
		return this.spec.commandLine().getErr();
	}

	Console console() {
		return new Console(out());
	}

}
