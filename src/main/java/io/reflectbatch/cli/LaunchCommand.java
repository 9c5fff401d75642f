package io.reflectbatch.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that runs a job, as cron, Kubernetes or a person start it: its end is the
 * last line of the log, and it can be profiled.
 */
abstract class LaunchCommand extends SpringCommand {

	@Option(names = "--profile", paramLabel = "FILE",
			description = "Record the run with the JDK's Flight Recorder, for JDK Mission Control or 'jfr print'.")
	private @Nullable Path profile;

	@Mixin
	private ImportOptions options = new ImportOptions();

	LaunchCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	public final Integer call() {
		end().await();
		if (this.profile == null) {
			return super.call();
		}
		FlightRecording recording = FlightRecording.start(this.profile.toAbsolutePath(), notices());
		try (recording) {
			return super.call();
		}
	}

	@Override
	Settings settings() {
		return this.options.settings();
	}

	boolean strict() {
		return this.options.strict();
	}

}
