package io.reflectbatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

import io.reflectbatch.importing.JobProperties;
import io.reflectbatch.operations.ImportStopper;
import io.reflectbatch.watch.WatchMark;
import org.jspecify.annotations.Nullable;
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
		WatchMark.@Nullable Watcher watch = watch(context.getBean(JobProperties.class).home());
		Optional<String> holder = stopper.stop();
		if (holder.isEmpty()) {
			answer(new Stopped("none", watch), "No import is running.");
			return ExitCode.COMPLETED;
		}
		if (stopper.awaitEnd(this.seconds)) {
			answer(new Stopped(holder.get(), watch), "Stopped " + holder.get() + ".");
			return ExitCode.COMPLETED;
		}
		notices().complain(holder.get() + " was asked to stop, but has not within " + this.seconds + " s");
		return ExitCode.FAILED;
	}

	private static WatchMark.@Nullable Watcher watch(Path home) {
		try {
			return new WatchMark(home).find().orElse(null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot find out whether a watch runs on " + home, ex);
		}
	}

	private void answer(Stopped answer, String words) {
		if (json()) {
			console().json(answer);
			return;
		}
		console().line("%s", words);
		if (answer.watch() != null) {
			console().line("%s", words(answer.watch()));
		}
	}

	/**
	 * Says that an import does not stay stopped, and how to change that.
	 * @param watch the watch that starts it again
	 */
	static String words(WatchMark.Watcher watch) {
		return watch.here()
				? "A watch runs on this data directory (process %1$d) and will import again. To end it: kill %1$d"
					.formatted(watch.process())
				: "A watch runs on this data directory, in a container or on another machine, and will import again."
						+ " To end it, stop it there, for example: docker compose --profile watch stop watcher";
	}

	/**
	 * What was done, in JSON.
	 *
	 * @param stopped the import that was stopped, or {@code none}
	 * @param watch the watch that will import again; null if none runs
	 */
	record Stopped(String stopped, WatchMark.@Nullable Watcher watch) {

	}

}
