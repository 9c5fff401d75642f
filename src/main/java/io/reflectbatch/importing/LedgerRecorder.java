package io.reflectbatch.importing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.embedding.Embedding;
import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.ledger.Coverage;
import io.reflectbatch.ledger.ExecutionCounts;
import io.reflectbatch.ledger.ExecutionLog;
import io.reflectbatch.ledger.FileCoverage;
import io.reflectbatch.ledger.FileDeaths;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.WorkList;

import org.springframework.stereotype.Component;

/**
 * Records what a transaction of the chunk-oriented step has brought into the store;
 * commits with the step's execution context. Thread-safe.
 */
@Component
class LedgerRecorder {

	private final FileLedger files;

	private final WorkList workList;

	private final FileDeaths deaths;

	private final ExecutionLog executions;

	private final MemorySampler memory;

	private final Chunking chunking;

	private final boolean caching;

	LedgerRecorder(FileLedger files, WorkList workList, FileDeaths deaths, ExecutionLog executions,
			MemorySampler memory, Chunking chunking, EmbeddingProperties embedding) {
		this.files = files;
		this.workList = workList;
		this.deaths = deaths;
		this.executions = executions;
		this.memory = memory;
		this.chunking = chunking;
		this.caching = embedding.hasCache();
	}

	/**
	 * Records items that are in the store.
	 * @param jobExecution the execution
	 * @param items the items
	 */
	void record(long jobExecution, List<? extends ImportItem> items) {
		countChunks(items);
		finishFiles(items);
		this.executions.add(jobExecution, counts(items));
		this.memory.sampleIfDue(jobExecution);
	}

	private void countChunks(List<? extends ImportItem> items) {
		Map<Integer, Written> written = new LinkedHashMap<>();
		for (ImportItem item : items) {
			if (item instanceof ImportItem.ChunkEmbedded embedded) {
				if (isFirstOfFileReadAgain(embedded)) {
					this.workList.startAgain(embedded.planned());
				}
				written.merge(item.planned().number(), Written.of(embedded), Written::plus);
			}
		}
		written.values().forEach((file) -> this.workList.written(file.planned(), file.chunks(), file.coverage()));
	}

	// One that was being read when the process died is tried again alone, from its start.
	private static boolean isFirstOfFileReadAgain(ImportItem.ChunkEmbedded item) {
		PlannedFile planned = item.planned();
		return planned.chunksWritten() > 0 && item.chunk().index() == planned.startAt().chunk();
	}

	private void finishFiles(List<? extends ImportItem> items) {
		for (ImportItem item : items) {
			if (item instanceof ImportItem.FileEnd end) {
				this.files.finish(end.planned(), this.chunking.recipe(), end.outcome(),
						this.workList.coverage(end.planned(), end.outcome()));
				this.workList.finish(end.planned());
				this.deaths.forget(end.planned().known().id());
			}
		}
	}

	private ExecutionCounts counts(List<? extends ImportItem> items) {
		int files = 0;
		int chunks = 0;
		int cached = 0;
		Coverage coverage = Coverage.NONE;
		for (ImportItem item : items) {
			switch (item) {
				case ImportItem.ChunkEmbedded embedded -> {
					chunks++;
					cached += embedded.cached() ? 1 : 0;
					coverage = coverage.plus(coverage(embedded.embedding()));
				}
				case ImportItem.FileEnd end -> files++;
				case ImportItem.FileLost lost -> {
					// It is done by the next import.
				}
				case ImportItem.ChunkRead read -> throw new IllegalStateException("Not embedded: " + read);
			}
		}
		return new ExecutionCounts(files, chunks, this.caching ? cached : null, coverage.tokens(),
				coverage.messageTokens());
	}

	/**
	 * Returns how much of a text its vector stands for.
	 */
	static Coverage coverage(Embedding embedding) {
		return new Coverage(embedding.tokens(), embedding.textTokens());
	}

	private record Written(PlannedFile planned, int chunks, FileCoverage coverage) {

		static Written of(ImportItem.ChunkEmbedded item) {
			return new Written(item.planned(), 1, FileCoverage.of(LedgerRecorder.coverage(item.embedding())));
		}

		Written plus(Written next) {
			return new Written(this.planned, this.chunks + next.chunks, this.coverage.plus(next.coverage));
		}

	}

}
