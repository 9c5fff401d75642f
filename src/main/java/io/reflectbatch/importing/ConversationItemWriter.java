package io.reflectbatch.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.reflectbatch.ledger.ExecutionCounts;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.Recipe;
import io.reflectbatch.ledger.WorkList;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes points to the store first and to the ledger then; the ledger commits with the
 * step's execution context. Ids are deterministic, so a crash between the two repeats an
 * upsert and changes nothing. Thread-safe; partitions share it.
 */
class ConversationItemWriter implements ItemWriter<ImportItem> {

	private final ConversationStore store;

	private final FileLedger files;

	private final WorkList workList;

	private final ExecutionLog executions;

	private final long jobExecution;

	private final Recipe recipe;

	private final PointMapper mapper;

	private final RunningLease lease;

	private final ImportProgress progress;

	private final StateFileExporter stateFile;

	private final Set<String> ensured = ConcurrentHashMap.newKeySet();

	ConversationItemWriter(ConversationStore store, FileLedger files, WorkList workList, ExecutionLog executions,
			long jobExecution, Chunking chunking, RunningLease lease, ImportProgress progress,
			StateFileExporter stateFile) {
		this.store = store;
		this.files = files;
		this.workList = workList;
		this.executions = executions;
		this.jobExecution = jobExecution;
		this.recipe = chunking.recipe();
		this.mapper = new PointMapper(chunking.isReference());
		this.lease = lease;
		this.progress = progress;
		this.stateFile = stateFile;
	}

	@Override
	public void write(Chunk<? extends ImportItem> items) {
		upsert(items);
		for (ImportItem item : items) {
			if (item instanceof ImportItem.FileEnd end) {
				finish(end);
			}
		}
		record(items);
		this.lease.confirm();
		afterCommit(items);
	}

	private void upsert(Chunk<? extends ImportItem> items) {
		Map<String, List<Point>> points = new LinkedHashMap<>();
		for (ImportItem item : items) {
			if (item instanceof ImportItem.ChunkEmbedded embedded) {
				points.computeIfAbsent(collection(item.planned()), (collection) -> new ArrayList<>())
					.add(this.mapper.point(embedded));
			}
		}
		points.forEach((collection, ofCollection) -> {
			ensure(collection);
			this.store.upsert(collection, ofCollection);
		});
	}

	private void ensure(String collection) {
		if (!this.ensured.contains(collection)) {
			this.store.ensureCollection(collection);
			this.ensured.add(collection);
		}
	}

	private void finish(ImportItem.FileEnd end) {
		PlannedFile planned = end.planned();
		this.store.deleteFrom(collection(planned), planned.known().conversationId(), end.outcome().chunks());
		this.files.finish(planned, this.recipe, end.outcome());
		this.workList.finish(planned);
	}

	private void record(Chunk<? extends ImportItem> items) {
		Map<Integer, Written> written = new LinkedHashMap<>();
		for (ImportItem item : items) {
			if (item instanceof ImportItem.ChunkEmbedded embedded) {
				written.merge(item.planned().number(), new Written(item.planned(), 1, embedded.embedding().tokens()),
						Written::plus);
			}
		}
		written.values().forEach((file) -> this.workList.written(file.planned(), file.chunks(), file.tokens()));
		this.executions.add(this.jobExecution, counts(items));
	}

	private static ExecutionCounts counts(Chunk<? extends ImportItem> items) {
		int files = 0;
		int chunks = 0;
		long tokens = 0;
		for (ImportItem item : items) {
			switch (item) {
				case ImportItem.ChunkEmbedded embedded -> {
					chunks++;
					tokens += embedded.embedding().tokens();
				}
				case ImportItem.FileEnd end -> files++;
				case ImportItem.ChunkRead read -> throw new IllegalStateException("Not embedded: " + read);
			}
		}
		return new ExecutionCounts(files, chunks, tokens);
	}

	private void afterCommit(Chunk<? extends ImportItem> items) {
		boolean fileFinished = items.getItems().stream().anyMatch(ImportItem.FileEnd.class::isInstance);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				ConversationItemWriter.this.progress.count(items.getItems());
				if (fileFinished) {
					ConversationItemWriter.this.stateFile.exportIfDue();
				}
			}

		});
	}

	private static String collection(PlannedFile planned) {
		return PointIds.collection(planned.known().project());
	}

	private record Written(PlannedFile planned, int chunks, long tokens) {

		Written plus(Written other) {
			return new Written(this.planned, this.chunks + other.chunks, this.tokens + other.tokens);
		}

	}

}
