package io.reflectbatch.importing;

import java.nio.file.Path;

import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.ledger.StateFileProperties;
import io.reflectbatch.search.SearchProperties;
import io.reflectbatch.store.StoreProperties;
import jakarta.validation.Valid;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything that a job file can say.
 *
 * @param job which job to launch
 * @param home the data directory; everything the application writes is below it, except
 * for a state file that is named elsewhere
 * @param source where the logs are
 * @param chunking how conversations are cut
 * @param redaction what is left out of them
 * @param embedding how text becomes vectors
 * @param store where the points go
 * @param search how searches rank
 * @param stateFile the state file of the Python importer
 * @param run how an import runs
 * @param metrics where its meters go
 * @param log how log messages are written
 * @param watch how {@code watch} repeats it
 */
@Validated
@ConfigurationProperties(prefix = "reflect", ignoreUnknownFields = false)
public record JobProperties(@DefaultValue("import") JobName job, Path home,
		@Valid @DefaultValue SourceProperties source, @Valid @DefaultValue ChunkingProperties chunking,
		@Valid @DefaultValue RedactionProperties redaction, @Valid @DefaultValue EmbeddingProperties embedding,
		@Valid @DefaultValue StoreProperties store, @Valid @DefaultValue SearchProperties search,
		@Valid @DefaultValue StateFileProperties stateFile, @Valid @DefaultValue RunProperties run,
		@Valid @DefaultValue MetricsProperties metrics, @Valid @DefaultValue LogProperties log,
		@Valid @DefaultValue WatchProperties watch) {

}
