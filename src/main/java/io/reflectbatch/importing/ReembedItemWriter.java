package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.reflectbatch.ledger.Coverage;
import io.reflectbatch.ledger.ExecutionCounts;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileCoverage;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes points to the collections of another model first and to the ledger then; the
 * ledger commits with the step's execution context. Ids are those of before, so a crash
 * between the two repeats an upsert and changes nothing. Until the end of a file is
 * committed, the ledger names the model that has made all of its points, and the points
 * of that one are left as they are.
 */
class ReembedItemWriter implements ItemWriter<ReembedItem> {

	private static final ExecutionCounts ONE_FILE = new ExecutionCounts(1, 0, null, 0, 0L);

	private static final Logger logger = LoggerFactory.getLogger(ReembedItemWriter.class);

	private final ConversationStore store;

	private final FileLedger files;

	private final WorkList workList;

	private final ExecutionLog executions;

	private final MemorySampler memory;

	private final ImportProgress progress;

	private final RunningLease lease;

	private final String model;

	private final long jobExecution;

	private final Set<String> ensured = ConcurrentHashMap.newKeySet();

	ReembedItemWriter(ConversationStore store, FileLedger files, WorkList workList, ExecutionLog executions,
			MemorySampler memory, ImportProgress progress, RunningLease lease, String model, long jobExecution) {
		this.store = store;
		this.files = files;
		this.workList = workList;
		this.executions = executions;
		this.memory = memory;
		this.progress = progress;
		this.lease = lease;
		this.model = model;
		this.jobExecution = jobExecution;
	}

	/**
	 * Writes items.
	 * @throws io.reflectbatch.ledger.LeaseLostException if this process may not write any
	 * more
	 */
	@Override
	public void write(Chunk<? extends ReembedItem> items) {
		this.lease.require();
		upsert(items.getItems());
		ExecutionCounts counts = ExecutionCounts.NONE;
		for (ReembedItem item : items) {
			counts = counts.plus(record(item));
		}
		this.executions.add(this.jobExecution, counts);
		this.memory.sampleIfDue(this.jobExecution);
		afterCommit(items.getItems());
	}

	private void upsert(List<? extends ReembedItem> items) {
		Map<String, List<Point>> points = new LinkedHashMap<>();
		for (ReembedItem item : items) {
			if (item instanceof ReembedItem.PointEmbedded embedded) {
				points.computeIfAbsent(collection(embedded.planned()), (collection) -> new ArrayList<>())
					.add(new Point(embedded.id(), embedded.embedding().vector(), embedded.payload()));
			}
		}
		points.forEach((collection, written) -> {
			if (!this.ensured.contains(collection)) {
				this.store.ensureCollection(collection);
				this.ensured.add(collection);
			}
			this.store.upsert(collection, written);
		});
	}

	private String collection(PlannedFile planned) {
		return this.store.collectionOf(planned.known().project());
	}

	private ExecutionCounts record(ReembedItem item) {
		PlannedFile planned = item.planned();
		return switch (item) {
			case ReembedItem.PointEmbedded embedded -> {
				Coverage coverage = LedgerRecorder.coverage(embedded.embedding());
				this.workList.written(planned, 1, FileCoverage.of(coverage));
				yield new ExecutionCounts(0, 1, null, coverage.tokens(), coverage.messageTokens());
			}
			case ReembedItem.PointMissing missing -> {
				this.files.demandImport(planned.known().id());
				yield ExecutionCounts.NONE;
			}
			case ReembedItem.FileEnd end -> {
				KnownFile known = planned.known();
				this.store.deleteFrom(collection(planned), known.conversationId(), end.chunks());
				this.files.reembedded(known.id(), this.model, this.workList.coverage(planned, known.outcome()));
				this.workList.finish(planned);
				yield ONE_FILE;
			}
			case ReembedItem.FileSettled settled -> {
				this.workList.finish(planned);
				yield ONE_FILE;
			}
			case ReembedItem.PointRead read -> throw new IllegalStateException("Not embedded: " + read);
		};
	}

	private void afterCommit(List<? extends ReembedItem> items) {
		List<ReembedItem> committed = List.copyOf(items);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				committed.forEach(ReembedItemWriter.this::tell);
			}

		});
	}

	private void tell(ReembedItem item) {
		PlannedFile planned = item.planned();
		switch (item) {
			case ReembedItem.PointEmbedded embedded -> this.progress.countChunk(planned.number(),
					planned.bytesToRead() * (embedded.index() + 1L)
							/ Math.max(embedded.index() + 1L, planned.known().outcome().chunks()),
					embedded.embedding().tokens());
			case ReembedItem.PointMissing missing ->
				logger.warn("Chunk {} of {} is not in the store; the next import reads the log again", missing.index(),
						planned.known().path());
			default -> this.progress.countFile(planned);
		}
	}

}
