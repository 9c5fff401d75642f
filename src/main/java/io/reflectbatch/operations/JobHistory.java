package io.reflectbatch.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import io.reflectbatch.importing.JobName;
import io.reflectbatch.importing.UnknownLanguages;
import io.reflectbatch.ledger.Coverage;
import io.reflectbatch.ledger.ExecutionCounts;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.JobLease;
import io.reflectbatch.ledger.LeaseEnd;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.ledger.WorkTotals;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells what jobs have run and what became of them.
 */
@Component
public class JobHistory {

	private static final int PROBLEMS = 1000;

	private final JobRepository repository;

	private final WorkList workList;

	private final ExecutionLog executions;

	private final FileLedger files;

	private final FileDeaths deaths;

	private final JobLease lease;

	JobHistory(JobRepository repository, WorkList workList, ExecutionLog executions, FileLedger files,
			FileDeaths deaths, JobLease lease) {
		this.repository = repository;
		this.workList = workList;
		this.executions = executions;
		this.files = files;
		this.deaths = deaths;
		this.lease = lease;
	}

	/**
	 * Returns the last executions, newest first.
	 * @param limit how many at most
	 */
	public List<ExecutionSummary> last(int limit) {
		List<ExecutionSummary> summaries = new ArrayList<>();
		for (String job : this.repository.getJobNames()) {
			for (JobInstance instance : this.repository.getJobInstances(job, 0, limit)) {
				InstanceWork work = work(instance);
				this.repository.getJobExecutions(instance)
					.forEach((execution) -> summaries.add(summary(execution, work)));
			}
		}
		return summaries.stream()
			.sorted(Comparator.comparingLong(ExecutionSummary::id).reversed())
			.limit(limit)
			.toList();
	}

	private InstanceWork work(JobInstance instance) {
		return new InstanceWork(this.workList.totals(instance.getInstanceId()),
				this.workList.redacted(instance.getInstanceId()),
				new TreeMap<>(this.executions.of(instance.getInstanceId())),
				this.deaths.quarantinedIn(instance.getInstanceId()));
	}

	/**
	 * Returns one execution.
	 * @param id its id
	 */
	public Optional<ExecutionDetails> find(long id) {
		try {
			return Optional.ofNullable(this.repository.getJobExecution(id)).map(this::details);
		}
		catch (EmptyResultDataAccessException ex) {
			// The repository promises null for an unknown id, but its query insists on a
			// row.
			return Optional.empty();
		}
	}

	private ExecutionDetails details(JobExecution execution) {
		long instance = execution.getJobInstanceId();
		LeaseEnd killed = leaseEnd(execution);
		return new ExecutionDetails(summary(execution, work(execution.getJobInstance()), killed), parameters(execution),
				FailureReason.failure(execution).orElse(null), steps(execution, killed),
				this.workList.progress(instance), this.files.problems(instance, PROBLEMS), this.deaths.of(instance),
				this.executions.samples(execution.getId()));
	}

	private static Map<String, String> parameters(JobExecution execution) {
		Map<String, String> parameters = new TreeMap<>();
		execution.getJobParameters()
			.parameters()
			.forEach((parameter) -> parameters.put(parameter.name(), String.valueOf(parameter.value())));
		return parameters;
	}

	private static List<ExecutionDetails.Step> steps(JobExecution execution, @Nullable LeaseEnd killed) {
		return execution.getStepExecutions()
			.stream()
			.sorted(Comparator.comparingLong(StepExecution::getId))
			.map((step) -> new ExecutionDetails.Step(step.getStepName(), step.getStatus().name(),
					duration(step.getStartTime(), end(step, execution), killed), step.getCommitCount(),
					step.getRollbackCount()))
			.toList();
	}

	// Whoever finds an execution whose process was killed ends its steps at that moment.
	private static @Nullable LocalDateTime end(StepExecution step, JobExecution execution) {
		LocalDateTime end = step.getEndTime();
		LocalDateTime last = execution.getEndTime();
		return (end == null || (last != null && end.isAfter(last))) ? last : end;
	}

	/**
	 * Puts an execution into a line.
	 * @param execution the execution
	 */
	public ExecutionSummary summary(JobExecution execution) {
		return summary(execution, work(execution.getJobInstance()));
	}

	private ExecutionSummary summary(JobExecution execution, InstanceWork work) {
		return summary(execution, work, leaseEnd(execution));
	}

	private ExecutionSummary summary(JobExecution execution, InstanceWork work, @Nullable LeaseEnd killed) {
		JobInstance instance = execution.getJobInstance();
		ExecutionCounts done = work.of(execution.getId());
		return new ExecutionSummary(execution.getId(), instance.getJobName(), instance.getInstanceId(),
				work.before(execution.getId()), execution.getStatus().name(), instant(execution.getStartTime()),
				duration(execution.getStartTime(), execution.getEndTime(), killed),
				work.filesLeftFor(execution.getId()), done.files(), done.chunks(), done.cachedChunks(), done.tokens(),
				done.messageTokens(), Coverage.share(done.tokens(), done.messageTokens()), work.totals().problems(),
				work.redacted(), planned(execution, StepExecution::getFilterCount),
				planned(execution, StepExecution::getReadSkipCount), UnknownLanguages.in(execution), work.quarantined(),
				(killed != null) ? evidence(execution, killed) : FailureReason.of(execution));
	}

	private static long planned(JobExecution execution, ToLongFunction<StepExecution> count) {
		return execution.getStepExecutions()
			.stream()
			.filter((step) -> step.getStepName().equals("plan"))
			.mapToLong(count)
			.sum();
	}

	// A process that was killed has not recorded its end. The next import does it.
	private @Nullable LeaseEnd leaseEnd(JobExecution execution) {
		if (!execution.isRunning()) {
			return null;
		}
		JobName holder = JobName.of(execution.getJobInstance().getJobName()).map(JobName::lease).orElse(JobName.IMPORT);
		return this.lease.end(holder.jobName()).orElse(null);
	}

	private String evidence(JobExecution execution, LeaseEnd end) {
		return end.evidence(this.executions.lastSample(execution.getId()).orElse(null))
				+ "; the next %s restarts it".formatted(execution.getJobInstance().getJobName());
	}

	private static Duration duration(@Nullable LocalDateTime from, @Nullable LocalDateTime to,
			@Nullable LeaseEnd killed) {
		Instant start = instant(from);
		if (start == null) {
			return Duration.ZERO;
		}
		Instant end = instant(to);
		Instant last = (end != null) ? end : (killed != null) ? killed.lastSeen() : Instant.now();
		return last.isBefore(start) ? Duration.ZERO : Duration.between(start, last);
	}

	private static @Nullable Instant instant(@Nullable LocalDateTime time) {
		return (time != null) ? time.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

	/**
	 * What a job instance has to do, and what its executions have done of it.
	 *
	 * @param totals what there is to do
	 * @param redacted what was left out
	 * @param executions what was done, by the id of the execution
	 * @param quarantined which files were put aside
	 */
	private record InstanceWork(WorkTotals totals, Map<String, Integer> redacted,
			NavigableMap<Long, ExecutionCounts> executions, List<String> quarantined) {

		ExecutionCounts of(long execution) {
			return this.executions.getOrDefault(execution, ExecutionCounts.NONE);
		}

		@Nullable Long before(long execution) {
			return this.executions.lowerKey(execution);
		}

		int filesLeftFor(long execution) {
			return this.totals.files()
					- this.executions.headMap(execution).values().stream().mapToInt(ExecutionCounts::files).sum();
		}

	}

}
