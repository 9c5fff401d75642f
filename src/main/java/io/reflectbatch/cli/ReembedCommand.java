package io.reflectbatch.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Moves what was imported to another model.
 */
@Command(name = "reembed",
		description = { "Embed what was imported again, with the model of the job file, from the stored texts.",
				"No log is read. Stopped or killed, the same command goes on." })
final class ReembedCommand extends SpringCommand {

	@Mixin
	private StoreOptions store = new StoreOptions();

	@Option(names = "--batch-size", paramLabel = "N",
			description = "Chunks that are written and committed together (BATCH_SIZE; default: 10).")
	private @Nullable String batchSize;

	@Option(names = "--workers", paramLabel = "N", description = "Threads that embed (default: one a processor).")
	private @Nullable String workers;

	ReembedCommand(ApplicationStarter starter) {
		super(starter);
	}

	@Override
	Settings settings() {
		return this.store.settings()
			.put("reflect.run.commit-interval", this.batchSize, "--batch-size")
			.put("reflect.run.workers", this.workers, "--workers");
	}

	@Override
	ExitCode call(ApplicationContext context) {
		end().await();
		return new ReembedRun(context, this).run();
	}

}
