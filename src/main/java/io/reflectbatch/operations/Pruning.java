package io.reflectbatch.operations;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.importing.JobName;
import io.reflectbatch.importing.RunningLease;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.WorkList;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes what nobody needs any more: records of runs that have come to their end, and
 * the points of conversations, or of former models, that a person names. A run that is
 * not over, because it is running or waits for its restart, stays, and so does the last
 * one of each job.
 */
@Component
public class Pruning {

	private static final int PAGE = 100;

	private final JobRepository repository;

	private final WorkList workList;

	private final ExecutionLog executions;

	private final ConversationPruning conversations;

	private final ModelPruning models;

	private final RunningLease lease;

	private final TransactionTemplate transaction;

	Pruning(JobRepository repository, WorkList workList, ExecutionLog executions, ConversationPruning conversations,
			ModelPruning models, RunningLease lease, PlatformTransactionManager transactions) {
		this.repository = repository;
		this.workList = workList;
		this.executions = executions;
		this.conversations = conversations;
		this.models = models;
		this.lease = lease;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Looks what there is to prune. Changes nothing.
	 * @param request what to prune
	 * @return what {@link #prune} would delete
	 * @throws OtherStoreException if a conversation was named whose points are in another
	 * kind of store
	 * @throws io.reflectbatch.importing.ModelInUseException if a model was named that is
	 * in use
	 */
	public PruneReport preview(PruneRequest request) {
		return report(request, runs(request), this.conversations.find(request), this.models.find(request.models()));
	}

	/**
	 * Prunes.
	 * @param request what to prune
	 * @return what was deleted
	 * @throws io.reflectbatch.ledger.LeaseHeldException if points are to be deleted and
	 * another process is importing
	 * @throws OtherStoreException if a conversation was named whose points are in another
	 * kind of store
	 * @throws io.reflectbatch.importing.ModelInUseException if a model was named that is
	 * in use
	 * @throws io.reflectbatch.importing.UnfinishedImportException if a model was named
	 * and an import or a move has left files half done
	 */
	public PruneReport prune(PruneRequest request) {
		return request.prunesPoints() ? this.lease.hold(JobName.IMPORT, () -> delete(request)) : delete(request);
	}

	private PruneReport delete(PruneRequest request) {
		if (!request.models().isEmpty()) {
			this.models.requireNothingUnfinished();
		}
		List<JobInstance> runs = runs(request);
		List<KnownFile> forgotten = this.conversations.find(request);
		List<PruneReport.Collection> collections = this.models.find(request.models());
		PruneReport report = report(request, runs, forgotten, collections);
		runs.forEach(this::delete);
		forgotten.forEach(this.conversations::forget);
		collections.forEach(this.models::delete);
		return report;
	}

	private List<JobInstance> runs(PruneRequest request) {
		List<JobInstance> runs = new ArrayList<>();
		if (!request.prunesRuns()) {
			return runs;
		}
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
		boolean over = last.getStatus() == BatchStatus.COMPLETED || last.getStatus() == BatchStatus.ABANDONED
				|| (last.getStatus() == BatchStatus.FAILED
						&& JobName.of(run.getJobName()).filter(JobName::isRestarted).isEmpty());
		return over
				&& (age == null || last.getEndTime().isBefore(LocalDateTime.now(ZoneId.systemDefault()).minus(age)));
	}

	private PruneReport report(PruneRequest request, List<JobInstance> runs, List<KnownFile> forgotten,
			List<PruneReport.Collection> collections) {
		List<Long> executions = runs.stream()
			.flatMap((run) -> this.repository.getJobExecutions(run).stream())
			.map(JobExecution::getId)
			.sorted()
			.toList();
		List<String> unknown = Stream
			.of(unknown(request.conversations(), forgotten, KnownFile::conversationId),
					unknown(request.projects(), forgotten, KnownFile::project),
					unknown(request.paths(), forgotten, KnownFile::path),
					request.models().stream().filter((model) -> !this.models.isKnown(model)).toList())
			.flatMap(List::stream)
			.toList();
		return new PruneReport(executions, forgotten.stream()
			.map((file) -> new PruneReport.Conversation(file.conversationId(), file.path(), file.outcome().chunks()))
			.toList(), collections, unknown);
	}

	private static List<String> unknown(List<String> names, List<KnownFile> found, Function<KnownFile, String> name) {
		Set<String> known = found.stream().map(name).collect(Collectors.toSet());
		return names.stream().filter((wanted) -> !known.contains(wanted)).toList();
	}

	private void delete(JobInstance run) {
		this.transaction.executeWithoutResult((status) -> {
			this.workList.delete(run.getInstanceId());
			this.executions.delete(run.getInstanceId());
			this.repository.deleteJobInstance(run);
		});
	}

}
