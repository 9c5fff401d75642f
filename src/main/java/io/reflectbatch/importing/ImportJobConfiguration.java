package io.reflectbatch.importing;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.StateFileBridge;
import io.reflectbatch.ledger.StateFileProperties;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.StoreProperties;

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
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The import job: plan, import the planned files in partitions, finish.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
class ImportJobConfiguration {

	@Bean
	Job importJob(JobRepository repository, @Qualifier("planStep") Step plan, @Qualifier("importStep") Step importFiles,
			@Qualifier("finishStep") Step finish, ImportListener listener) {
		return new JobBuilder(JobName.IMPORT.jobName(), repository).listener(listener)
			.start(plan)
			.next(importFiles)
			.next(finish)
			.build();
	}

	@Bean
	Step planStep(JobRepository repository, PlatformTransactionManager transactions, PlanTasklet tasklet) {
		return new StepBuilder("plan", repository).tasklet(tasklet, transactions).build();
	}

	@Bean
	@StepScope
	PlanTasklet planTasklet(FileLedger files, WorkList workList, MessageRegistry registry, Chunking chunking,
			JobProperties properties, StopSignal stop, @Value("#{stepExecution}") StepExecution execution) {
		ChangeDetector detector = new ChangeDetector(chunking.recipe(), properties.run().reimport());
		return new PlanTasklet(new Planner(files, workList, registry, detector, new Surveyor(registry, chunking),
				properties.source(), execution.getJobExecution().getJobInstanceId()), stop);
	}

	@Bean
	Step importStep(JobRepository repository, FilePartitioner partitioner, @Qualifier("filesStep") Step files,
			@Qualifier("importWorkers") ThreadPoolTaskExecutor workers, RunProperties run,
			ImportProgressListener progress) {
		return new StepBuilder("import", repository).listener(progress)
			.partitioner("files", partitioner)
			.step(files)
			.taskExecutor(workers)
			.gridSize(run.partitions())
			.build();
	}

	@Bean
	@StepScope
	FilePartitioner filePartitioner(WorkList workList, @Value("#{stepExecution}") StepExecution execution) {
		return new FilePartitioner(workList, execution.getJobExecution().getJobInstanceId());
	}

	@Bean
	ThreadPoolTaskExecutor importWorkers(RunProperties run) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(run.threads());
		executor.setThreadNamePrefix("import-");
		executor.setWaitForTasksToCompleteOnShutdown(true);
		return executor;
	}

	@Bean
	Step filesStep(JobRepository repository, PlatformTransactionManager transactions, ConversationItemReader reader,
			EmbeddingItemProcessor processor, ConversationItemWriter writer, StopSignal stop, RunProperties run) {
		return new StepBuilder("files", repository).<ImportItem, ImportItem>chunk(run.commitInterval())
			.transactionManager(transactions)
			.reader(reader)
			.processor(processor)
			.writer(writer)
			.interruptionPolicy(stop)
			.build();
	}

	@Bean
	@StepScope
	ConversationItemReader conversationItemReader(WorkList workList, MessageRegistry registry, Chunking chunking,
			@Value("#{stepExecution}") StepExecution execution,
			@Value("#{stepExecutionContext['" + FilePartitioner.PARTITION + "']}") int partition) {
		return new ConversationItemReader(workList, registry, chunking, execution.getJobExecution().getJobInstanceId(),
				partition);
	}

	@Bean
	@StepScope
	EmbeddingItemProcessor embeddingItemProcessor(Embedder embedder) {
		return new EmbeddingItemProcessor(embedder);
	}

	@Bean
	@StepScope
	ConversationItemWriter conversationItemWriter(ConversationStore store, FileLedger files, WorkList workList,
			ExecutionLog executions, Chunking chunking, RunningLease lease, ImportProgress progress,
			StateFileExporter stateFile, @Value("#{stepExecution}") StepExecution execution) {
		return new ConversationItemWriter(store, files, workList, executions, execution.getJobExecutionId(), chunking,
				lease, progress, stateFile);
	}

	@Bean
	Step finishStep(JobRepository repository, PlatformTransactionManager transactions, StateFileExporter stateFile) {
		return new StepBuilder("finish", repository).tasklet((contribution, context) -> {
			stateFile.export();
			return RepeatStatus.FINISHED;
		}, transactions).allowStartIfComplete(true).build();
	}

	@Bean
	Chunking chunking(JobProperties properties, ObjectProvider<Embedder> embedder) {
		return new Chunking(properties.chunking(), properties.embedding(), () -> embedder.getObject().tokenCounter());
	}

	@Bean
	StateFileExporter stateFileExporter(StateFileBridge bridge, JobProperties properties) {
		return new StateFileExporter(bridge, properties.stateFile().pathIn(properties.home()));
	}

	@Bean
	RunProperties runProperties(JobProperties properties) {
		return properties.run();
	}

	@Bean
	EmbeddingProperties embeddingProperties(JobProperties properties) {
		return properties.embedding();
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
