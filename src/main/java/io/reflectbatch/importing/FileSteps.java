package io.reflectbatch.importing;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.core.task.TaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The two kinds of steps that go through files: one that deals them out to threads, and
 * one that works on them chunk by chunk.
 */
final class FileSteps {

	/**
	 * A few, so that no thread is idle at the end while another still has a lot to do.
	 */
	private static final int PARTITIONS_PER_THREAD = 4;

	private FileSteps() {
	}

	static Step partitioned(String name, String worker, JobRepository repository, Partitioner partitioner, Step step,
			TaskExecutor threads, MemoryPlan memory, ImportProgressListener progress) {
		return new StepBuilder(name, repository).listener(progress)
			.partitioner(worker, partitioner)
			.step(step)
			.taskExecutor(threads)
			.gridSize(memory.threads() * PARTITIONS_PER_THREAD)
			.build();
	}

	/**
	 * Begins a step that reads, embeds and writes. With a task executor it embeds the
	 * items of a commit side by side, without one after the other.
	 */
	static <T> ChunkOrientedStepBuilder<T, T> chunks(String name, int commitInterval, JobRepository repository,
			PlatformTransactionManager transactions, ItemReader<T> reader, ItemProcessor<T, T> processor,
			ItemWriter<T> writer, StopSignal stop, LogContext log) {
		return new StepBuilder(name, repository).listener(log)
			.<T, T>chunk(commitInterval)
			.transactionManager(transactions)
			.reader(reader)
			.processor(processor)
			.writer(writer)
			.interruptionPolicy(stop);
	}

}
