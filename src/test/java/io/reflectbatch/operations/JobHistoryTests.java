package io.reflectbatch.operations;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.ExecutionCounts;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.FileStamp;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.Survey;
import io.reflectbatch.ledger.WorkList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link JobHistory}, with executions made by hand.
 */
@Timeout(90)
class JobHistoryTests {

	private static final LocalDateTime START = LocalDateTime.parse("2026-03-01T10:00:00");

	@TempDir
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private ReflectBatch application;

	@SuppressWarnings("NullAway.Init")
	private JobRepository repository;

	@SuppressWarnings("NullAway.Init")
	private JobHistory history;

	@BeforeEach
	void start() {
		this.application = ReflectBatch.start(this.directory.resolve("home"), this.directory, Map.of());
		this.repository = this.application.get(JobRepository.class);
		this.history = this.application.get(JobHistory.class);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void isEmptyAtFirst() {
		assertThat(this.history.last(20)).isEmpty();
		assertThat(this.history.find(1)).isEmpty();
	}

	@Test
	void listsTheNewestExecutionsOfAllInstancesFirst() {
		JobExecution first = begin(instance(1));
		JobExecution second = begin(instance(2));
		JobExecution restart = begin(first.getJobInstance());
		assertThat(this.history.last(20)).extracting(ExecutionSummary::id)
			.containsExactly(restart.getId(), second.getId(), first.getId());
		assertThat(this.history.last(2)).extracting(ExecutionSummary::id)
			.containsExactly(restart.getId(), second.getId());
	}

	@Test
	void saysWhichExecutionIsARestartOfWhich() {
		JobExecution first = begin(instance(1));
		JobExecution second = begin(first.getJobInstance());
		JobExecution third = begin(first.getJobInstance());
		assertThat(this.history.last(20)).extracting(ExecutionSummary::restartOf)
			.containsExactly(second.getId(), first.getId(), null);
		assertThat(this.history.summary(third).restartOf()).isEqualTo(second.getId());
	}

	@Test
	void givesEachExecutionWhatItHasDoneItself() {
		JobExecution first = begin(instance(1));
		plan(first.getJobInstanceId(), 5);
		count(first, new ExecutionCounts(2, 30, null, 4000, 8000L));
		JobExecution restart = begin(first.getJobInstance());
		count(restart, new ExecutionCounts(3, 12, 9, 1000, 1000L));
		assertThat(this.history.last(20))
			.extracting(ExecutionSummary::files, ExecutionSummary::filesFinished, ExecutionSummary::chunks,
					ExecutionSummary::cachedChunks, ExecutionSummary::tokens, ExecutionSummary::messageTokens,
					ExecutionSummary::coverage)
			.containsExactly(tuple(3, 3, 12, 9, 1000L, 1000L, 1.0), tuple(5, 2, 30, null, 4000L, 8000L, 0.5));
	}

	@Test
	void measuresHowLongAnExecutionTookOrHasTakenSoFar() {
		JobExecution ended = begin(instance(1));
		end(ended, BatchStatus.COMPLETED, "");
		JobExecution running = begin(instance(2));
		running.setStatus(BatchStatus.STARTED);
		running.setStartTime(LocalDateTime.now(ZoneId.systemDefault()).minusMinutes(5));
		this.repository.update(running);
		List<ExecutionSummary> last = this.history.last(20);
		assertThat(last.getFirst().status()).isEqualTo("STARTED");
		assertThat(last.getFirst().duration()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
		assertThat(last.getLast().duration()).isEqualTo(Duration.ofSeconds(90));
	}

	@Test
	void givesTheReasonOfThePartitionThatFailed() {
		JobExecution failed = begin(instance(1));
		step(failed, "plan", BatchStatus.COMPLETED, "");
		step(failed, "import", BatchStatus.FAILED,
				"org.springframework.batch.core.job.JobExecutionException: Partition handler returned an unsuccessful step\n\tat x");
		step(failed, "files:partition0", BatchStatus.COMPLETED, "");
		step(failed, "files:partition1", BatchStatus.FAILED,
				"io.reflectbatch.store.StoreUnavailableException: Qdrant is down\n\tat x\nCaused by: io.grpc.StatusException: X\n\tat y");
		end(failed, BatchStatus.FAILED, "");
		assertThat(this.history.last(1).getFirst().reason()).isEqualTo("Qdrant is down");
		ExecutionDetails details = this.history.find(failed.getId()).orElseThrow();
		assertThat(details.summary()).isEqualTo(this.history.last(1).getFirst());
		assertThat(details.steps()).extracting(ExecutionDetails.Step::name)
			.containsExactly("plan", "import", "files:partition0", "files:partition1");
		assertThat(details.steps()).extracting(ExecutionDetails.Step::duration).containsOnly(Duration.ofSeconds(30));
		assertThat(details.parameters()).containsEntry("run.number", "1");
	}

	@Test
	void stepsEndWithTheirExecutionAtTheLatest() {
		JobExecution killed = begin(instance(1));
		StepExecution found = step(killed, "plan", BatchStatus.FAILED, "");
		found.setEndTime(START.plusHours(3));
		this.repository.update(found);
		StepExecution open = this.repository.createStepExecution("import", killed);
		open.setStartTime(START);
		this.repository.update(open);
		end(killed, BatchStatus.FAILED, "killed");
		assertThat(this.history.find(killed.getId()).orElseThrow().steps()).extracting(ExecutionDetails.Step::duration)
			.containsExactly(Duration.ofSeconds(90), Duration.ofSeconds(90));
	}

	@Test
	void saysOfAStoppedExecutionThatWasGivenUpThatItWasStopped() {
		JobExecution execution = begin(instance(1));
		step(execution, "plan", BatchStatus.COMPLETED, "");
		step(execution, "import", BatchStatus.STOPPED,
				"org.springframework.batch.core.job.JobInterruptedException\n\tat x");
		end(execution, BatchStatus.ABANDONED, "org.springframework.batch.core.job.JobInterruptedException");
		assertThat(this.history.last(1).getFirst().reason())
			.isEqualTo("given up for an import with other settings; stopped on request");
	}

	@Test
	void givesNoReasonForSuccess() {
		JobExecution execution = begin(instance(1));
		end(execution, BatchStatus.COMPLETED, "");
		assertThat(this.history.last(1).getFirst().reason()).isNull();
	}

	@Test
	void returnsTheNewestOfTenThousandExecutions() {
		JdbcClient jdbc = this.application.get(JdbcClient.class);
		jdbc.sql("""
				insert into batch_job_instance (job_instance_id, version, job_name, job_key)
				select x, 0, 'import', 'key ' || x from system_range(1, 10000)""").update();
		jdbc.sql("""
				insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, status,
				  exit_code, exit_message)
				select x, 0, x, current_timestamp, 'COMPLETED', 'COMPLETED', '' from system_range(1, 10000)""")
			.update();
		assertThat(this.history.last(20)).extracting(ExecutionSummary::id)
			.containsExactlyElementsOf(LongStream.range(0, 20).mapToObj((position) -> 10_000 - position).toList());
	}

	private JobInstance instance(long run) {
		return this.repository.createJobInstance("import", parameters(run));
	}

	private static JobParameters parameters(long run) {
		return new JobParametersBuilder().addLong("run.number", run).toJobParameters();
	}

	private JobExecution begin(JobInstance instance) {
		JobExecution execution = this.repository.createJobExecution(instance, parameters(instance.getInstanceId()),
				new ExecutionContext());
		this.application.get(ExecutionLog.class).begin(execution.getId(), instance.getInstanceId());
		return execution;
	}

	private void end(JobExecution execution, BatchStatus status, String description) {
		execution.setStatus(status);
		execution.setExitStatus(new ExitStatus(status.name(), description));
		execution.setStartTime(START);
		execution.setEndTime(START.plusSeconds(90));
		this.repository.update(execution);
	}

	private StepExecution step(JobExecution execution, String name, BatchStatus status, String description) {
		StepExecution step = this.repository.createStepExecution(name, execution);
		step.setStatus(status);
		step.setExitStatus(new ExitStatus(status.name(), description));
		step.setStartTime(START);
		step.setEndTime(START.plusSeconds(30));
		this.repository.update(step);
		return step;
	}

	private void plan(long jobInstance, int files) {
		FileLedger ledger = this.application.get(FileLedger.class);
		for (int number = 0; number < files; number++) {
			String path = "p/" + number + ".jsonl";
			ConversationFile file = new ConversationFile(this.directory.resolve(path), "p", String.valueOf(number),
					false);
			this.application.get(WorkList.class)
				.add(new PlannedFile(jobInstance, number, ledger.register(file, path, this.directory.toString()),
						Change.NEW, this.directory.toString(), new FileStamp(1, Instant.EPOCH),
						new Survey(1, 1, "", "", null, false, 0, Map.of(), Map.of()), 0));
		}
	}

	private void count(JobExecution execution, ExecutionCounts counts) {
		this.application.get(ExecutionLog.class).add(execution.getId(), counts);
	}

}
