package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FileSteps}.
 */
class FileStepsTests {

	private static final List<String> ITEMS = List.of("a", "b", "c", "d");

	private final JobRepository repository = new ResourcelessJobRepository();

	private final LogContext log = new LogContext();

	private final List<List<? extends String>> written = new ArrayList<>();

	@Test
	void theItemsOfACommitAreEmbeddedSideBySideAndWrittenInTheirOrder() throws Exception {
		// Whoever comes alone waits in vain.
		CyclicBarrier both = new CyclicBarrier(2);
		StepExecution execution = run((item) -> {
			both.await(1, TimeUnit.MINUTES);
			return item + " embedded";
		});
		assertThat(execution.getFailureExceptions()).isEmpty();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written)
			.isEqualTo(List.of(List.of("a embedded", "b embedded"), List.of("c embedded", "d embedded")));
	}

	@Test
	void nothingOfACommitIsWrittenIfOneOfItCannotBeEmbedded() throws Exception {
		StepExecution execution = run((item) -> {
			if (item.equals("d")) {
				throw new IllegalStateException("no vector for d");
			}
			return item;
		});
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution.getFailureExceptions()).singleElement()
			.satisfies((failure) -> assertThat(failure).rootCause().hasMessage("no vector for d"));
		assertThat(this.written).isEqualTo(List.of(List.of("a", "b")));
	}

	@Test
	void messagesOfTheThreadsThatEmbedNameTheExecution() throws Exception {
		StepExecution execution = run((item) -> item + " in " + MDC.get(LogContext.EXECUTION));
		long id = execution.getJobExecutionId();
		assertThat(this.written.getFirst()).isEqualTo(List.of("a in " + id, "b in " + id));
	}

	@AfterEach
	void leaveTheExecution() {
		MDC.clear();
	}

	private StepExecution run(ItemProcessor<String, String> embedding) throws Exception {
		ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
		threads.setCorePoolSize(2);
		threads.setTaskDecorator(LogContext::inherited);
		threads.afterPropertiesSet();
		try {
			Step step = FileSteps
				.chunks("files", 2, this.repository, new ResourcelessTransactionManager(), new ListItemReader<>(ITEMS),
						embedding, (chunk) -> this.written.add(chunk.getItems()), new StopSignal(), this.log)
				.taskExecutor(threads)
				.build();
			StepExecution execution = execution();
			step.execute(execution);
			return execution;
		}
		finally {
			threads.destroy();
		}
	}

	private StepExecution execution() {
		JobInstance instance = this.repository.createJobInstance("import", new JobParameters());
		JobExecution job = this.repository.createJobExecution(instance, new JobParameters(), new ExecutionContext());
		this.log.beforeJob(job);
		return this.repository.createStepExecution("files", job);
	}

}
