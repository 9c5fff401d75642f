package io.reflectbatch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import io.reflectbatch.importing.JobName;
import io.reflectbatch.importing.JobProperties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.PropertySource;

/**
 * Tells the watch, which has no Spring, what options, environment and job file come to.
 */
@Command(name = "watch-settings", hidden = true, description = "Print what watch has to know.")
final class WatchSettingsCommand extends SpringCommand {

	static final String METRICS = "reflect.metrics.file";

	@Parameters(paramLabel = "FILE", arity = "0..1", description = "A job file.")
	private @Nullable Path file;

	@Mixin
	private ImportOptions options = new ImportOptions();

	@Mixin
	private WatchOptions watch = new WatchOptions();

	WatchSettingsCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	List<PropertySource<?>> jobFile() {
		return (this.file != null) ? jobFile(this.file) : super.jobFile();
	}

	@Override
	Settings settings() {
		return this.options.settings().putAll(this.watch.settings());
	}

	@Override
	ExitCode call(ApplicationContext context) {
		JobProperties job = context.getBean(JobProperties.class);
		if (job.job() != JobName.IMPORT) {
			throw new UsageException(this.file + " is not an import, which is all that can be watched.");
		}
		Properties answer = new Properties();
		answer.setProperty("logs", job.source().logs().toAbsolutePath().normalize().toString());
		answer.setProperty("home", job.home().toString());
		answer.setProperty("metrics", metrics(context, job.home()).toString());
		answer.setProperty("log", LogFormat.isForPrograms() ? "ecs" : "text");
		answer.setProperty("interval", job.watch().interval().toString());
		answer.setProperty("address", job.watch().address());
		answer.setProperty("port", String.valueOf(job.watch().port()));
		print(answer);
		return ExitCode.COMPLETED;
	}

	private static Path metrics(ApplicationContext context, Path home) {
		String named = context.getEnvironment().getProperty(METRICS, "");
		return named.isBlank() ? home.resolve("metrics.prom") : HomePathEditor.path(named).toAbsolutePath();
	}

	// In ASCII, whatever the encoding of standard output.
	private void print(Properties answer) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			answer.store(bytes, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		out().print(bytes.toString(StandardCharsets.ISO_8859_1));
		out().flush();
	}

}
