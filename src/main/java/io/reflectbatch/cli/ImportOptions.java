package io.reflectbatch.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options of an import.
 */
final class ImportOptions {

	@Mixin
	private LogsOptions logs = new LogsOptions();

	@Mixin
	private StoreOptions store = new StoreOptions();

	@Option(names = "--chunking", paramLabel = "STRATEGY",
			description = "windows: every token is embedded; messages: 10 messages a chunk, as the reference does.")
	private @Nullable String chunking;

	@Option(names = "--batch-size", paramLabel = "N",
			description = "Chunks that are written and committed together (BATCH_SIZE; default: 10).")
	private @Nullable String batchSize;

	@Option(names = "--workers", paramLabel = "N", description = "Threads that embed (default: one a processor).")
	private @Nullable String workers;

	@Option(names = "--state-file", paramLabel = "FILE",
			description = "The state file of the reference (STATE_FILE; default: imported-files.json in the data directory).")
	private @Nullable Path stateFile;

	@Option(names = "--reimport", description = "Import every file from its beginning, changed or not.")
	private boolean reimport;

	@Option(names = "--allow-missing",
			description = "Go on although more than half of the files of the last import are gone.")
	private boolean allowMissing;

	@Option(names = "--metrics-file", paramLabel = "FILE",
			description = "Write metrics for Prometheus to this file, whose name ends with .prom (REFLECT_METRICS_FILE).")
	private @Nullable Path metricsFile;

	@Option(names = "--strict", description = "Exit with 5 when lines or files could not be read.")
	private boolean strict;

	boolean strict() {
		return this.strict;
	}

	Settings settings() {
		return this.logs.settings()
			.putAll(this.store.settings())
			.put("reflect.chunking.strategy", this.chunking, "--chunking")
			.put("reflect.run.commit-interval", this.batchSize, "--batch-size")
			.put("reflect.run.workers", this.workers, "--workers")
			.put("reflect.state-file.path", this.stateFile, "--state-file")
			.put("reflect.metrics.file", this.metricsFile, "--metrics-file")
			.put("reflect.run.reimport", this.reimport ? true : null, "--reimport")
			.put("reflect.source.allow-missing", this.allowMissing ? true : null, "--allow-missing");
	}

}
