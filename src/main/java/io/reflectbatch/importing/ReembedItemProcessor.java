package io.reflectbatch.importing;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.Embedding;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.StoredPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Gives a stored text the vector of another model. The text in the payload is that of the
 * whole chunk. Chunks that were cut to fit the model before, and so may be longer than
 * this one is asked to take, are embedded as far as it can; those of 10 messages each
 * never fitted, and are cut off where an import cuts them off. Thread-safe.
 */
class ReembedItemProcessor implements ItemProcessor<ReembedItem, ReembedItem> {

	private static final Logger logger = LoggerFactory.getLogger(ReembedItemProcessor.class);

	private final Embedder embedder;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Creates a processor.
	 * @param embedder the model
	 */
	ReembedItemProcessor(Embedder embedder) {
		this.embedder = embedder;
	}

	@Override
	public ReembedItem process(ReembedItem item) {
		if (item instanceof ReembedItem.PointRead read) {
			LogContext.enterFile(read.planned());
			StoredPoint point = read.point();
			String text = Objects.toString(point.payload().get(Point.TEXT), "");
			return new ReembedItem.PointEmbedded(read.planned(), read.index(), point.id(), point.payload(),
					embed(text, read.planned().known().recipe().chunking().startsWith("windows")));
		}
		return item;
	}

	private Embedding embed(String text, boolean window) {
		return window ? embedWhole(text) : this.embedder.embed(text);
	}

	private Embedding embedWhole(String text) {
		Embedding embedding = this.embedder.embedWhole(text);
		if (embedding.textTokens() > embedding.tokens() && !this.warned.getAndSet(true)) {
			logger.warn("The model takes more tokens for the same text than the one before, and some chunks have more"
					+ " than it takes at all: their ends are found by words only. 'import --reimport' cuts the logs"
					+ " anew");
		}
		return embedding;
	}

}
