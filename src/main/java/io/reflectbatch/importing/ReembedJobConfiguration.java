package io.reflectbatch.importing;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job that moves what was imported to another model: plan, then embed the stored
 * texts again, in partitions as the import does. No log is read.
 */
@Configuration(proxyBeanMethods = false)
class ReembedJobConfiguration {

	@Bean
	Job reembedJob(JobRepository repository, @Qualifier("reembedPlanStep") Step plan,
			@Qualifier("reembedStep") Step reembed, LogContext log,
			@Qualifier("reembedListener") JobExecutionListener listener) {
		return new JobBuilder(JobName.REEMBED.jobName(), repository).listener(log)
			.listener(listener)
			.start(plan)
			.next(reembed)
			.build();
	}

	@Bean
	JobExecutionListener reembedListener(ExecutionLog executions, StopSignal stop, ConversationStore store) {
		return new JobExecutionListener() {

			@Override
			public void beforeJob(JobExecution execution) {
				executions.begin(execution.getId(), execution.getJobInstanceId());
				stop.onRaise(store::stopRetrying);
			}

		};
	}

	@Bean
	Step reembedPlanStep(JobRepository repository, PlatformTransactionManager transactions, WorkList workList,
			Chunking chunking) {
		return new StepBuilder("plan", repository).tasklet((contribution, context) -> {
			workList.addFilesOfOtherModels(contribution.getStepExecution().getJobExecution().getJobInstanceId(),
					chunking.recipe());
			return RepeatStatus.FINISHED;
		}, transactions).build();
	}

	@Bean
	Step reembedStep(JobRepository repository, FilePartitioner partitioner, @Qualifier("pointsStep") Step points,
			@Qualifier("importWorkers") AsyncTaskExecutor workers, MemoryPlan memory, ImportProgressListener progress) {
		return FileSteps.partitioned("reembed", "points", repository, partitioner, points, workers, memory, progress);
	}

	@Bean
	Step pointsStep(JobRepository repository, PlatformTransactionManager transactions, StoredPointReader reader,
			ReembedItemProcessor processor, ReembedItemWriter writer, StopSignal stop, LogContext log,
			RunProperties run, @Qualifier("embeddingThreads") AsyncTaskExecutor embedding) {
		return FileSteps
			.chunks("points", run.commitInterval(), repository, transactions, reader, processor, writer, stop, log)
			.taskExecutor(embedding)
			.build();
	}

	@Bean
	@StepScope
	StoredPointReader storedPointReader(WorkList workList, ConversationStore store, Chunking chunking,
			@Value("#{stepExecution}") StepExecution execution) {
		int partition = FilePartitioner.partitionOf(execution.getStepName());
		long instance = execution.getJobExecution().getJobInstanceId();
		return new StoredPointReader((after) -> workList.nextUnfinished(instance, partition, after), store,
				chunking.recipe().family());
	}

	@Bean
	@StepScope
	ReembedItemProcessor reembedItemProcessor(Embedder embedder) {
		return new ReembedItemProcessor(embedder);
	}

	@Bean
	@StepScope
	ReembedItemWriter reembedItemWriter(ConversationStore store, FileLedger files, WorkList workList,
			ExecutionLog executions, MemorySampler memory, ImportProgress progress, RunningLease lease,
			Chunking chunking, @Value("#{stepExecution}") StepExecution execution) {
		return new ReembedItemWriter(store, files, workList, executions, memory, progress, lease,
				chunking.recipe().model(), execution.getJobExecutionId());
	}

}
