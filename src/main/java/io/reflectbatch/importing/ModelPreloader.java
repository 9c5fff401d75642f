package io.reflectbatch.importing;

import java.util.concurrent.atomic.AtomicBoolean;

import io.reflectbatch.embedding.Embedder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.task.TaskExecutor;

/**
 * Loads the model while the logs are still surveyed, once it is known that there is
 * something to import: that takes most of a second on one core, in which nothing could be
 * embedded. Thread-safe.
 */
class ModelPreloader {

	private static final Logger logger = LoggerFactory.getLogger(ModelPreloader.class);

	private final ObjectProvider<Embedder> embedder;

	private final TaskExecutor threads;

	private final AtomicBoolean begun = new AtomicBoolean();

	ModelPreloader(ObjectProvider<Embedder> embedder, TaskExecutor threads) {
		this.embedder = embedder;
		this.threads = threads;
	}

	/**
	 * Begins to load the model, unless that was done before.
	 */
	void preload() {
		if (this.begun.compareAndSet(false, true)) {
			this.threads.execute(this::load);
		}
	}

	private void load() {
		try {
			this.embedder.getObject();
		}
		catch (BeansException ex) {
			// The first chunk asks for it again, and its import fails of the same.
			logger.debug("The model could not be loaded ahead", ex);
		}
	}

}
