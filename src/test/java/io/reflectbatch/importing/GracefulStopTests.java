package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.test.util.ReflectionTestUtils;

import static io.reflectbatch.importing.LogDirectory.conversation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stops imports whenever it may be, as a signal does. Spring Batch's own shutdown hook
 * stops from another thread and may leave a step UNKNOWN, which cannot be restarted.
 */
class GracefulStopTests {

	private static final int STOPS = 100;

	private static final int LONGEST_RUN_MILLIS = 400;

	private static final Set<BatchStatus> ENDED = EnumSet.of(BatchStatus.COMPLETED, BatchStatus.STOPPED);

	@TempDir
	Path directory;

	@Test
	void aHundredStopsAtAnyTimeLeaveNothingThatCannotBeRestarted() throws Exception {
		Path logs = writeLogs();
		SortedMap<String, ImportedPoint> undisturbed = TestApplication.importInto(this.directory.resolve("undisturbed"),
				logs, settings());
		Random random = new Random(1);
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"), logs, settings())) {
			StopSignal stop = application.bean(StopSignal.class);
			for (int stopped = 0; stopped < STOPS;) {
				List<JobExecution> executions = stopAfter(random.nextInt(LONGEST_RUN_MILLIS), application, stop);
				executions.forEach(GracefulStopTests::assertEnded);
				stopped += (executions.getLast().getStatus() == BatchStatus.STOPPED) ? 1 : 0;
			}
			assertThat(application.run()).allMatch((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
			assertThat(application.points()).isEqualTo(undisturbed).hasSize(60);
		}
	}

	// What has been imported is imported again, so that there is always something to
	// stop.
	private static String[] settings() {
		return new String[] { "reflect.chunking.strategy=messages", "reflect.chunking.messages=1",
				"reflect.run.commit-interval=2", "reflect.run.reimport=true" };
	}

	private Path writeLogs() throws IOException {
		LogDirectory logs = new LogDirectory(this.directory.resolve("logs"));
		for (int file = 0; file < 12; file++) {
			logs.write("-home-dev-app/" + file + ".jsonl", conversation("session" + file, 0, 5));
		}
		return logs.root();
	}

	private static List<JobExecution> stopAfter(int millis, TestApplication application, StopSignal stop)
			throws InterruptedException, ExecutionException, TimeoutException {
		CompletableFuture<List<JobExecution>> running = CompletableFuture.supplyAsync(application::run);
		try {
			running.get(millis, TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			stop.raise();
		}
		List<JobExecution> executions = running.get(60, TimeUnit.SECONDS);
		// The next one is another process.
		ReflectionTestUtils.setField(stop, "raised", false);
		return executions;
	}

	private static void assertEnded(JobExecution execution) {
		assertThat(execution.getAllFailureExceptions())
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(JobInterruptedException.class));
		assertThat(ENDED).contains(execution.getStatus());
		assertThat(execution.getStepExecutions()).extracting(StepExecution::getStatus)
			.allSatisfy((status) -> assertThat(ENDED).contains(status));
		if (execution.getStatus() == BatchStatus.STOPPED) {
			assertThat(execution.getExitStatus().getExitCode()).isEqualTo("STOPPED");
		}
	}

}
