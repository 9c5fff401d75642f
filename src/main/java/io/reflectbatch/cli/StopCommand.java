package io.reflectbatch.cli;

import java.util.Map;
import java.util.Optional;

import io.reflectbatch.operations.ImportStopper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Stops a running import.
 */
@Command(name = "stop",
		description = "Ask the running import to stop at its next commit, and wait for it. 'import' goes on from there.")
final class StopCommand extends SpringCommand {

	@Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "60",
			description = "How long to wait (default: 60).")
	private int seconds;

	StopCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	ExitCode call(ApplicationContext context) {
		ImportStopper stopper = context.getBean(ImportStopper.class);
		Optional<String> holder = stopper.stop();
		if (holder.isEmpty()) {
			answer("none", "No import is running.");
			return ExitCode.COMPLETED;
		}
		if (stopper.awaitEnd(this.seconds)) {
			answer(holder.get(), "Stopped " + holder.get() + ".");
			return ExitCode.COMPLETED;
		}
		notices().complain(holder.get() + " was asked to stop, but has not within " + this.seconds + " s");
		return ExitCode.FAILED;
	}

	private void answer(String holder, String words) {
		if (json()) {
			console().json(Map.of("stopped", holder));
		}
		else {
			console().line("%s", words);
		}
	}

}
