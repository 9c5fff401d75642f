package io.reflectbatch.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.ledger.WorkTotals;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Tells what jobs have run and what became of them.
 */
@Component
public class JobHistory {

	private static final int PROBLEMS = 1000;

	private static final String CAUSE = "Caused by: ";

	private static final String OWN = "io.reflectbatch.";

	private static final String STACK_TRACE = "\n\tat ";

	private final JobRepository repository;

	private final WorkList workList;

	private final FileLedger files;

	JobHistory(JobRepository repository, WorkList workList, FileLedger files) {
		this.repository = repository;
		this.workList = workList;
		this.files = files;
	}

	/**
	 * Returns the last executions, newest first.
	 * @param limit how many at most
	 */
	public List<ExecutionSummary> last(int limit) {
		List<JobExecution> executions = new ArrayList<>();
		for (String job : this.repository.getJobNames()) {
			for (JobInstance instance : this.repository.getJobInstances(job, 0, limit)) {
				executions.addAll(this.repository.getJobExecutions(instance));
			}
		}
		return executions.stream()
			.sorted(Comparator.comparingLong(JobExecution::getId).reversed())
			.limit(limit)
			.map(this::summary)
			.toList();
	}

	/**
	 * Returns one execution.
	 * @param id its id
	 */
	public Optional<ExecutionDetails> find(long id) {
		return Optional.ofNullable(this.repository.getJobExecution(id)).map(this::details);
	}

	private ExecutionDetails details(JobExecution execution) {
		long instance = execution.getJobInstanceId();
		return new ExecutionDetails(summary(execution), parameters(execution), steps(execution),
				this.workList.progress(instance), this.files.problems(instance, PROBLEMS));
	}

	private static Map<String, String> parameters(JobExecution execution) {
		Map<String, String> parameters = new TreeMap<>();
		execution.getJobParameters()
			.parameters()
			.forEach((parameter) -> parameters.put(parameter.name(), String.valueOf(parameter.value())));
		return parameters;
	}

	private static List<ExecutionDetails.Step> steps(JobExecution execution) {
		return execution.getStepExecutions()
			.stream()
			.sorted(Comparator.comparingLong(StepExecution::getId))
			.map((step) -> new ExecutionDetails.Step(step.getStepName(), step.getStatus().name(), step.getCommitCount(),
					step.getRollbackCount()))
			.toList();
	}

	/**
	 * Puts an execution into a line.
	 * @param execution the execution
	 */
	public ExecutionSummary summary(JobExecution execution) {
		JobInstance instance = execution.getJobInstance();
		WorkTotals totals = this.workList.totals(instance.getInstanceId());
		return new ExecutionSummary(execution.getId(), instance.getJobName(), instance.getInstanceId(),
				restartOf(execution), execution.getStatus().name(), instant(execution.getStartTime()),
				duration(execution), totals.files(), totals.filesFinished(), totals.chunks(), totals.tokens(),
				totals.problems(), reason(execution));
	}

	private @Nullable Long restartOf(JobExecution execution) {
		return this.repository.getJobExecutions(execution.getJobInstance())
			.stream()
			.map(JobExecution::getId)
			.filter((id) -> id < execution.getId())
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	private static Duration duration(JobExecution execution) {
		LocalDateTime start = execution.getStartTime();
		if (start == null) {
			return Duration.ZERO;
		}
		LocalDateTime end = execution.getEndTime();
		return Duration.between(start, (end != null) ? end : LocalDateTime.now(ZoneId.systemDefault()));
	}

	private static @Nullable Instant instant(@Nullable LocalDateTime time) {
		return (time != null) ? time.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

	// The repository keeps the whole stack trace; its first line is the reason.
	private static @Nullable String reason(JobExecution execution) {
		if (!execution.getAllFailureExceptions().isEmpty()) {
			return rootCause(execution.getAllFailureExceptions().getLast());
		}
		for (StepExecution step : execution.getStepExecutions()) {
			String description = step.getExitStatus().getExitDescription();
			if (step.getStatus().isUnsuccessful() && !description.isBlank()) {
				return lastCause(description);
			}
		}
		String description = execution.getExitStatus().getExitDescription();
		return description.isBlank() ? null : lastCause(description);
	}

	private static String rootCause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && !cause.getClass().getName().startsWith(OWN)) {
			cause = cause.getCause();
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

	// What our own code throws names place, value and remedy.
	private static String lastCause(String stackTrace) {
		int own = stackTrace.indexOf(CAUSE + OWN);
		int cause = (own >= 0 || stackTrace.startsWith(OWN)) ? own : stackTrace.lastIndexOf(CAUSE);
		String trace = (cause < 0) ? stackTrace : stackTrace.substring(cause + CAUSE.length());
		int end = trace.indexOf(STACK_TRACE);
		return ((end < 0) ? trace : trace.substring(0, end)).strip()
			.replaceFirst("^" + Pattern.quote(OWN) + "[\\w.]+: ", "");
	}

}
