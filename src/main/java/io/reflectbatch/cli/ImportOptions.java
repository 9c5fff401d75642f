package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

	@Option(names = "--include", paramLabel = "PATTERN", split = ",",
			description = "Import only files that fit, such as -home-me-app/ or '*-app/'; repeat it for more.")
	private List<String> include = new ArrayList<>();

	@Option(names = "--exclude", paramLabel = "PATTERN", split = ",",
			description = "Leave files out that fit, as .reflectignore in the logs directory does.")
	private List<String> exclude = new ArrayList<>();

	@Option(names = "--since", paramLabel = "WHEN",
			description = "Leave files out that were last written before: 2026-01-31, or an age such as 30d.")
	private @Nullable String since;

	@Option(names = "--until", paramLabel = "WHEN", description = "Leave files out that were last written later.")
	private @Nullable String until;

	@Option(names = "--no-redaction", description = "Keep secrets in the text that is embedded and stored.")
	private boolean noRedaction;

	@Option(names = "--chunking", paramLabel = "STRATEGY",
			description = "windows: every token is embedded; messages: 10 messages a chunk, as the Python importer does.")
	private @Nullable String chunking;

	@Option(names = "--batch-size", paramLabel = "N",
			description = "Chunks that are written and committed together (BATCH_SIZE; default: 10).")
	private @Nullable String batchSize;

	@Option(names = "--workers", paramLabel = "N",
			description = "Threads that embed (default: one a processor, if they fit into the memory).")
	private @Nullable String workers;

	@Option(names = "--state-file", paramLabel = "FILE",
			description = "The state file of the Python importer (STATE_FILE; default: imported-files.json in the data directory).")
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
			.put("reflect.source.include", joined(this.include), "--include")
			.put("reflect.source.exclude", joined(this.exclude), "--exclude")
			.put("reflect.source.since", this.since, "--since")
			.put("reflect.source.until", this.until, "--until")
			.put("reflect.redaction.enabled", this.noRedaction ? false : null, "--no-redaction")
			.put("reflect.chunking.strategy", this.chunking, "--chunking")
			.put("reflect.run.commit-interval", this.batchSize, "--batch-size")
			.put("reflect.run.workers", this.workers, "--workers")
			.put("reflect.state-file.path", this.stateFile, "--state-file")
			.put("reflect.metrics.file", this.metricsFile, "--metrics-file")
			.put("reflect.run.reimport", this.reimport ? true : null, "--reimport")
			.put("reflect.source.allow-missing", this.allowMissing ? true : null, "--allow-missing");
	}

	private static @Nullable String joined(List<String> patterns) {
		return patterns.isEmpty() ? null : String.join(",", patterns);
	}

}
