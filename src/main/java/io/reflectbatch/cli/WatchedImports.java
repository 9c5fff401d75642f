package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.reflectbatch.importing.MemoryPlan;
import io.reflectbatch.watch.ImportStarter;
import io.reflectbatch.watch.JavaCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Starts imports with the options that the watch was given.
 */
final class WatchedImports implements ImportStarter {

	private static final String REIMPORT = "--reimport";

	private final JavaCommand java;

	private final List<String> arguments;

	private final Path metrics;

	private final Supplier<OptionalLong> memory;

	private @Nullable Process last;

	private boolean completed;

	/**
	 * Makes the starter.
	 * @param java how to start Java
	 * @param arguments the command line of an import
	 * @param metrics the file into which the imports write their metrics
	 * @param memory tells what this process has for itself, in bytes, if that is known
	 */
	WatchedImports(JavaCommand java, List<String> arguments, Path metrics, Supplier<OptionalLong> memory) {
		this.java = java;
		this.arguments = arguments;
		this.metrics = metrics;
		this.memory = memory;
	}

	@Override
	public Process start() throws IOException {
		this.completed = this.completed || hasCompleted(this.last);
		this.last = new ProcessBuilder(command()).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE).start();
		return this.last;
	}

	private static boolean hasCompleted(@Nullable Process process) {
		return process != null && !process.isAlive() && (process.exitValue() == ExitCode.COMPLETED.value()
				|| process.exitValue() == ExitCode.SKIPPED.value());
	}

	/**
	 * The command line. Once everything has been imported anew, that is done.
	 */
	private List<String> command() {
		List<String> next = new ArrayList<>(this.arguments);
		if (this.completed) {
			next.remove(REIMPORT);
		}
		return this.java.with(properties(), next);
	}

	private List<String> properties() {
		List<String> properties = new ArrayList<>();
		properties.add(Lifeline.WATCHED + "=true");
		properties.add(WatchSettingsCommand.METRICS + "=" + this.metrics);
		this.memory.get().ifPresent((bytes) -> properties.add(MemoryPlan.WATCH + "=" + bytes));
		return properties;
	}

	/**
	 * Writes options as somebody could have typed them.
	 * @param parsed what somebody has typed
	 * @param without the options to leave out
	 */
	static List<String> options(ParseResult parsed, List<String> without) {
		List<String> options = new ArrayList<>();
		for (OptionSpec option : parsed.matchedOptions()) {
			if (!without.contains(option.longestName())) {
				options.addAll(typed(option));
			}
		}
		return options;
	}

	private static List<String> typed(OptionSpec option) {
		return (option.arity().max() == 0) ? List.of(option.longestName())
				: option.stringValues().stream().map((value) -> option.longestName() + "=" + value).toList();
	}

}
