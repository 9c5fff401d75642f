package io.reflectbatch.importing;

import java.time.Instant;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.EmbeddingCache;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.StateFileBridge;
import io.reflectbatch.ledger.StateFileProperties;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.StoreProperties;
import io.reflectbatch.store.VectorSpace;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The import job: plan, import the planned files in partitions, then those that were
 * there when the process died, each alone; finish.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
class ImportJobConfiguration {

	@Bean
	Job importJob(JobRepository repository, @Qualifier("planStep") Step plan, @Qualifier("importStep") Step importFiles,
			@Qualifier("quarantineStep") Step quarantine, @Qualifier("suspectsStep") Step suspects,
			@Qualifier("finishStep") Step finish, LogContext log, ImportListener listener) {
		return new JobBuilder(JobName.IMPORT.jobName(), repository).listener(log)
			.listener(listener)
			.start(plan)
			.next(importFiles)
			.next(quarantine)
			.next(suspects)
			.next(finish)
			.build();
	}

	@Bean
	Step planStep(JobRepository repository, PlatformTransactionManager transactions, PlanTasklet tasklet) {
		return new StepBuilder("plan", repository).tasklet(tasklet, transactions).build();
	}

	@Bean
	@StepScope
	PlanTasklet planTasklet(ConversationStore store, FileLedger files, WorkList workList, MessageRegistry registry,
			Chunking chunking, EmbeddingModel model, JobProperties properties, StopSignal stop, ImportMeters meters,
			HeapGrowth heap, ModelPreloader preloader, @Qualifier("importWorkers") AsyncTaskExecutor readers,
			@Value("#{stepExecution}") StepExecution execution) {
		UnknownLanguages languages = new UnknownLanguages(model);
		ChangeDetector detector = new ChangeDetector(chunking.recipe(),
				ExclusiveJobs.isReimport(execution.getJobExecution()), store);
		return new PlanTasklet(
				new Planner(files, workList, registry, detector,
						new Surveyor(registry, chunking, meters, languages, readers), preloader, properties.source(),
						FileSelection.of(properties.source()), execution.getJobExecution().getJobInstanceId()),
				languages, stop, heap);
	}

	@Bean
	Step importStep(JobRepository repository, FilePartitioner partitioner, @Qualifier("filesStep") Step files,
			@Qualifier("importWorkers") AsyncTaskExecutor workers, MemoryPlan memory, ImportProgressListener progress) {
		return FileSteps.partitioned("import", "files", repository, partitioner, files, workers, memory, progress);
	}

	@Bean
	@StepScope
	FilePartitioner filePartitioner(WorkList workList, @Value("#{stepExecution}") StepExecution execution) {
		return new FilePartitioner(workList, execution.getJobExecution().getJobInstanceId());
	}

	// These two are declared as what they do: a bean that says it has a life cycle is
	// created at every start, and with it all that it needs.
	@Bean
	AsyncTaskExecutor importWorkers(MemoryPlan memory) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(memory.threads());
		executor.setThreadNamePrefix("import-");
		executor.setWaitForTasksToCompleteOnShutdown(true);
		return executor;
	}

	// The model needs memory for every text that it works on: so these are fewer than the
	// threads that read and write, of which one may wait for the store.
	@Bean
	AsyncTaskExecutor embeddingThreads(MemoryPlan memory) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(memory.workers());
		executor.setThreadNamePrefix("embed-");
		executor.setTaskDecorator(LogContext::inherited);
		return executor;
	}

	@Bean
	ModelPreloader modelPreloader(ObjectProvider<Embedder> embedder,
			@Qualifier("embeddingThreads") AsyncTaskExecutor threads) {
		return new ModelPreloader(embedder, threads);
	}

	@Bean
	MemoryPlan memoryPlan(JobProperties properties, EmbeddingModel model) {
		return MemoryPlan.of(new MemoryLimit().bytes(), Long.getLong(MemoryPlan.WATCH, 0),
				MemoryPlan.Need.of(properties.embedding().precision(), model), properties.run().workers(),
				Runtime.getRuntime().availableProcessors());
	}

	@Bean
	Step filesStep(JobRepository repository, PlatformTransactionManager transactions,
			@Qualifier("partitionReader") ConversationItemReader reader, EmbeddingItemProcessor processor,
			ConversationItemWriter writer, StopSignal stop, LogContext log, RunProperties run,
			@Qualifier("embeddingThreads") AsyncTaskExecutor embedding) {
		return FileSteps
			.chunks("files", run.commitInterval(), repository, transactions, reader, processor, writer, stop, log)
			.taskExecutor(embedding)
			.build();
	}

	@Bean
	@StepScope
	ConversationItemReader partitionReader(WorkList workList, MessageRegistry registry, Chunking chunking,
			PlatformTransactionManager transactions, @Value("#{stepExecution}") StepExecution execution) {
		int partition = FilePartitioner.partitionOf(execution.getStepName());
		long instance = execution.getJobExecution().getJobInstanceId();
		return new ConversationItemReader(
				new FileQueue(workList, (after) -> workList.next(instance, partition, after), transactions), registry,
				chunking);
	}

	@Bean
	Step quarantineStep(JobRepository repository, PlatformTransactionManager transactions, FileDeaths deaths,
			ImportMeters meters) {
		return new StepBuilder("quarantine", repository).tasklet(new QuarantineTasklet(deaths, meters), transactions)
			.allowStartIfComplete(true)
			.build();
	}

	// One file, one thread and one chunk at a time: as little memory as there can be.
	@Bean
	Step suspectsStep(JobRepository repository, PlatformTransactionManager transactions,
			@Qualifier("suspectsReader") ConversationItemReader reader, EmbeddingItemProcessor processor,
			ConversationItemWriter writer, StopSignal stop, LogContext log) {
		return FileSteps.chunks("suspects", 1, repository, transactions, reader, processor, writer, stop, log).build();
	}

	@Bean
	@StepScope
	ConversationItemReader suspectsReader(WorkList workList, MessageRegistry registry, Chunking chunking,
			PlatformTransactionManager transactions, @Value("#{stepExecution}") StepExecution execution) {
		long instance = execution.getJobExecution().getJobInstanceId();
		return new ConversationItemReader(
				new FileQueue(workList, (after) -> workList.nextSuspect(instance, after), transactions), registry,
				chunking);
	}

	@Bean
	@StepScope
	EmbeddingItemProcessor embeddingItemProcessor(Embedder embedder, EmbeddingCache cache, ImportMeters meters) {
		return new EmbeddingItemProcessor(embedder, cache, meters);
	}

	@Bean
	@StepScope
	ConversationItemWriter conversationItemWriter(ConversationStore store, Chunking chunking, LedgerRecorder ledger,
			ImportProgress progress, ImportMeters meters, StateFileExporter stateFile, RunningLease lease,
			@Value("#{stepExecution}") StepExecution execution) {
		return new ConversationItemWriter(store, new PointMapper(chunking.isReference(), Instant.now()), ledger,
				execution.getJobExecutionId(), progress, meters, stateFile, lease);
	}

	@Bean
	Step finishStep(JobRepository repository, PlatformTransactionManager transactions, WorkList workList,
			StateFileExporter stateFile) {
		return new StepBuilder("finish", repository).tasklet((contribution, context) -> {
			workList.giveUp(contribution.getStepExecution().getJobExecution().getJobInstanceId());
			stateFile.export();
			return RepeatStatus.FINISHED;
		}, transactions).allowStartIfComplete(true).build();
	}

	@Bean
	Chunking chunking(JobProperties properties, EmbeddingModel model, ObjectProvider<Embedder> embedder) {
		return new Chunking(properties.chunking(), properties.redaction(), model, properties.store().kind(),
				() -> embedder.getObject().tokenCounter());
	}

	@Bean
	StateFileExporter stateFileExporter(StateFileBridge bridge, JobProperties properties, RunningLease lease) {
		return new StateFileExporter(bridge, properties.stateFile().pathIn(properties.home()), lease);
	}

	@Bean
	RunProperties runProperties(JobProperties properties) {
		return properties.run();
	}

	@Bean
	EmbeddingProperties embeddingProperties(JobProperties properties) {
		return properties.embedding();
	}

	// The reference has a name of its own for the collections of all-MiniLM-L6-v2.
	@Bean
	VectorSpace vectorSpace(EmbeddingModel model) {
		return VectorSpaces.of(model.family(), model.dimension());
	}

	@Bean
	StoreProperties storeProperties(JobProperties properties) {
		return properties.store();
	}

	@Bean
	StateFileProperties stateFileProperties(JobProperties properties) {
		return properties.stateFile();
	}

}
