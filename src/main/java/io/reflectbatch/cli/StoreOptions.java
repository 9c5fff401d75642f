package io.reflectbatch.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of commands that need the store and the model.
 */
final class StoreOptions {

	@Option(names = "--store", paramLabel = "TYPE",
			description = "lucene: embedded, in the data directory; qdrant: a server (default: qdrant if QDRANT_URL is set).")
	private @Nullable String store;

	@Option(names = "--qdrant-url", paramLabel = "URL", description = "The REST address of Qdrant (QDRANT_URL).")
	private @Nullable String qdrantUrl;

	@Option(names = "--precision", paramLabel = "PRECISION",
			description = "int8: fast and small; fp32: the vectors of the Python importer.")
	private @Nullable String precision;

	Settings settings() {
		return new Settings().put("reflect.store.qdrant.url", this.qdrantUrl, "--qdrant-url")
			.put("reflect.store.type", (this.qdrantUrl != null) ? "qdrant" : null, "--qdrant-url")
			.put("reflect.store.type", this.store, "--store")
			.put("reflect.embedding.precision", this.precision, "--precision");
	}

}
