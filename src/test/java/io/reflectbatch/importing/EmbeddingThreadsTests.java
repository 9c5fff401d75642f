package io.reflectbatch.importing;

import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.reflectbatch.embedding.Precision;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the threads that embed.
 */
class EmbeddingThreadsTests {

	private final AtomicBoolean embedding = new AtomicBoolean();

	private final AtomicBoolean closedUnderWay = new AtomicBoolean();

	// A commit of which one text fails may leave others that are still being embedded,
	// and native code must not be closed under way.
	@Test
	void theModelIsClosedWhenNothingIsEmbeddedAnyMore() throws InterruptedException {
		MemoryPlan plan = MemoryPlan.of(OptionalLong.empty(), 0, MemoryPlan.Need.of(Precision.INT8), 1, 2);
		CountDownLatch started = new CountDownLatch(1);
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean("threads", AsyncTaskExecutor.class,
					() -> new ImportJobConfiguration().embeddingThreads(plan));
			context.registerBean("model", Model.class, Model::new, (definition) -> definition.setLazyInit(true));
			context.refresh();
			context.getBean(Model.class);
			context.getBean(AsyncTaskExecutor.class).execute(() -> embed(started));
			started.await();
		}
		assertThat(this.closedUnderWay).isFalse();
	}

	private void embed(CountDownLatch started) {
		this.embedding.set(true);
		started.countDown();
		long end = System.nanoTime() + 500_000_000;
		// Native code heeds no interrupt.
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		this.embedding.set(false);
	}

	private final class Model implements DisposableBean {

		@Override
		public void destroy() {
			EmbeddingThreadsTests.this.closedUnderWay.set(EmbeddingThreadsTests.this.embedding.get());
		}

	}

}
