package io.reflectbatch.importing;

import java.util.concurrent.Semaphore;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Embedding;

import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Gives a chunk its vector, one at a time: measured as fast as batches on a CPU, with a
 * fraction of their memory. Partitions share the model, which needs memory for every text
 * that it works on: so there are permits for it, fewer than partitions. While one of them
 * waits for the store, another computes. Thread-safe.
 */
class EmbeddingItemProcessor implements ItemProcessor<ImportItem, ImportItem> {

	private final Embedder embedder;

	private final Semaphore permits;

	private final ImportMeters meters;

	/**
	 * Creates a processor.
	 * @param embedder the model
	 * @param permits to compute; shared by all that use the model
	 * @param meters measure how long it takes
	 */
	EmbeddingItemProcessor(Embedder embedder, Semaphore permits, ImportMeters meters) {
		this.embedder = embedder;
		this.permits = permits;
		this.meters = meters;
	}

	@Override
	public ImportItem process(ImportItem item) {
		if (item instanceof ImportItem.ChunkRead read) {
			LogContext.enterFile(read.planned());
			return new ImportItem.ChunkEmbedded(read.planned(), read.chunk(), embed(read.chunk().text()));
		}
		return item;
	}

	private Embedding embed(String text) {
		this.permits.acquireUninterruptibly();
		try {
			return this.meters.timeEmbedding(() -> this.embedder.embed(text));
		}
		finally {
			this.permits.release();
		}
	}

}
