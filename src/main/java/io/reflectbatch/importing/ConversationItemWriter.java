package io.reflectbatch.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes points to the store first and to the ledger then; the ledger commits with the
 * step's execution context. Ids are deterministic, so a crash between the two repeats an
 * upsert and changes nothing.
 */
class ConversationItemWriter implements ItemWriter<ImportItem> {

	private static final Logger logger = LoggerFactory.getLogger(ConversationItemWriter.class);

	private final ConversationStore store;

	private final PointMapper mapper;

	private final LedgerRecorder ledger;

	private final long jobExecution;

	private final ImportProgress progress;

	private final ImportMeters meters;

	private final StateFileExporter stateFile;

	private final RunningLease lease;

	private final Set<String> ensured = ConcurrentHashMap.newKeySet();

	ConversationItemWriter(ConversationStore store, PointMapper mapper, LedgerRecorder ledger, long jobExecution,
			ImportProgress progress, ImportMeters meters, StateFileExporter stateFile, RunningLease lease) {
		this.store = store;
		this.mapper = mapper;
		this.ledger = ledger;
		this.jobExecution = jobExecution;
		this.progress = progress;
		this.meters = meters;
		this.stateFile = stateFile;
		this.lease = lease;
	}

	/**
	 * Writes items.
	 * @throws io.reflectbatch.ledger.LeaseLostException if this process may not write any
	 * more. The store knows nothing of fencing numbers, so one that is suspended at this
	 * very moment may still do the one thing that it has at hand once it wakes up: write
	 * points that its successor has written as well, or older ones in their place if the
	 * file has grown meanwhile. {@code verify} finds those.
	 */
	@Override
	public void write(Chunk<? extends ImportItem> items) {
		LogContext.enterFileOf(items.getItems());
		upsert(items);
		deleteTails(items);
		this.ledger.record(this.jobExecution, items.getItems());
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
		if (!points.isEmpty()) {
			this.meters.timeUpsert(() -> points.forEach(this::upsert));
		}
	}

	private void upsert(String collection, List<Point> points) {
		this.lease.require();
		ensure(collection);
		this.store.upsert(collection, points);
	}

	private void ensure(String collection) {
		if (!this.ensured.contains(collection)) {
			this.store.ensureCollection(collection);
			this.ensured.add(collection);
		}
	}

	private void deleteTails(Chunk<? extends ImportItem> items) {
		for (ImportItem item : items) {
			if (item instanceof ImportItem.FileEnd end) {
				// The upsert may have waited for the store until a successor was at work.
				this.lease.require();
				this.store.deleteFrom(collection(end.planned()), end.planned().known().conversationId(),
						end.outcome().chunks());
			}
		}
	}

	private void afterCommit(Chunk<? extends ImportItem> items) {
		boolean fileFinished = items.getItems().stream().anyMatch(ImportItem.FileEnd.class::isInstance);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				items.forEach(ConversationItemWriter::warnOfLoss);
				ConversationItemWriter.this.progress.count(items.getItems());
				ConversationItemWriter.this.meters.count(items.getItems());
				if (fileFinished) {
					ConversationItemWriter.this.stateFile.exportIfDue();
				}
			}

		});
	}

	private static void warnOfLoss(ImportItem item) {
		if (item instanceof ImportItem.FileLost lost) {
			logger.warn("Left out {}, which the next import reads again: {}", lost.planned().file().path(),
					lost.reason());
		}
	}

	private String collection(PlannedFile planned) {
		return this.store.collectionOf(planned.known().project());
	}

}
