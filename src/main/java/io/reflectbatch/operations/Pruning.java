package io.reflectbatch.operations;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.PointIds;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;

/**
 * Deletes what nobody needs any more: records of runs that have come to their end, and
 * the points of conversations that a person names. A run that is not over, because it is
 * running or waits for its restart, stays, and so does the last one of each job.
 */
@Component
public class Pruning {

	private static final int PAGE = 100;

	private final JobRepository repository;

	private final WorkList workList;

	private final FileLedger files;

	private final ConversationStore store;

	Pruning(JobRepository repository, WorkList workList, FileLedger files, ConversationStore store) {
		this.repository = repository;
		this.workList = workList;
		this.files = files;
		this.store = store;
	}

	/**
	 * Prunes.
	 * @param request what to prune
	 * @param dryRun whether to only say what would be deleted
	 * @return what was, or would be, deleted
	 */
	public PruneReport prune(PruneRequest request, boolean dryRun) {
		List<JobInstance> runs = request.prunesRuns() ? runs(request) : List.of();
		List<KnownFile> forgotten = request.conversations()
			.stream()
			.flatMap((conversation) -> this.files.ofConversation(conversation).stream())
			.toList();
		PruneReport report = report(request, runs, forgotten);
		if (!dryRun) {
			runs.forEach(this::delete);
			forgotten.forEach(this::forget);
		}
		return report;
	}

	private List<JobInstance> runs(PruneRequest request) {
		List<JobInstance> runs = new ArrayList<>();
		int keep = (request.keep() != null) ? request.keep() : 1;
		for (String job : this.repository.getJobNames()) {
			for (int start = keep;; start += PAGE) {
				List<JobInstance> page = this.repository.getJobInstances(job, start, PAGE);
				page.stream().filter((run) -> isOver(run, request.olderThan())).forEach(runs::add);
				if (page.size() < PAGE) {
					break;
				}
			}
		}
		return runs;
	}

	private boolean isOver(JobInstance run, @Nullable Duration age) {
		JobExecution last = this.repository.getLastJobExecution(run);
		if (last == null || last.getEndTime() == null) {
			return false;
		}
		boolean over = last.getStatus() == BatchStatus.COMPLETED || last.getStatus() == BatchStatus.ABANDONED;
		return over
				&& (age == null || last.getEndTime().isBefore(LocalDateTime.now(ZoneId.systemDefault()).minus(age)));
	}

	private PruneReport report(PruneRequest request, List<JobInstance> runs, List<KnownFile> forgotten) {
		List<Long> executions = runs.stream()
			.flatMap((run) -> this.repository.getJobExecutions(run).stream())
			.map(JobExecution::getId)
			.sorted()
			.toList();
		List<String> unknown = request.conversations()
			.stream()
			.filter((conversation) -> forgotten.stream()
				.noneMatch((file) -> file.conversationId().equals(conversation)))
			.toList();
		return new PruneReport(executions, forgotten.stream()
			.map((file) -> new PruneReport.Conversation(file.conversationId(), file.path(), file.outcome().chunks()))
			.toList(), unknown);
	}

	private void delete(JobInstance run) {
		this.workList.delete(run.getInstanceId());
		this.repository.deleteJobInstance(run);
	}

	private void forget(KnownFile file) {
		this.store.deleteFrom(PointIds.collection(file.project()), file.conversationId(), 0);
		this.files.forget(file.id());
	}

}
