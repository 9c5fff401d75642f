package io.reflectbatch.importing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.WorkTotals;

import org.springframework.stereotype.Component;

/**
 * Counts what the running import has committed, for whoever watches it. Thread-safe.
 */
@Component
public class ImportProgress {

	private final AtomicLong bytesFinished = new AtomicLong();

	private final AtomicInteger filesFinished = new AtomicInteger();

	private final AtomicInteger chunks = new AtomicInteger();

	private final AtomicLong tokens = new AtomicLong();

	private final Map<Integer, Long> bytesOfOpenFiles = new ConcurrentHashMap<>();

	private volatile WorkTotals planned = new WorkTotals(0, 0, 0, 0, 0, 0);

	/**
	 * Starts counting for an execution.
	 * @param totals what there is to do, and what earlier executions have done
	 */
	void begin(WorkTotals totals) {
		this.bytesFinished.set(0);
		this.filesFinished.set(0);
		this.chunks.set(0);
		this.tokens.set(0);
		this.bytesOfOpenFiles.clear();
		this.planned = totals;
	}

	/**
	 * Counts what has been committed.
	 * @param items the items of the transaction
	 */
	void count(List<? extends ImportItem> items) {
		items.forEach(this::count);
	}

	private void count(ImportItem item) {
		int file = item.planned().number();
		switch (item) {
			case ImportItem.ChunkEmbedded embedded ->
				countChunk(file, embedded.chunk().start().offset() - item.planned().startAt().offset(),
						embedded.embedding().tokens());
			case ImportItem.FileEnd end -> countFile(end.planned());
			case ImportItem.FileLost lost -> this.bytesOfOpenFiles.remove(file);
			case ImportItem.ChunkRead read -> throw new IllegalStateException("Not embedded: " + read);
		}
	}

	/**
	 * Counts a chunk that has been committed.
	 * @param file the number of its file
	 * @param bytes how many bytes of the file are done with it
	 * @param tokens the number of tokens in it
	 */
	void countChunk(int file, long bytes, int tokens) {
		this.chunks.incrementAndGet();
		this.tokens.addAndGet(tokens);
		this.bytesOfOpenFiles.put(file, bytes);
	}

	/**
	 * Counts a file whose end has been committed.
	 * @param planned the file
	 */
	void countFile(PlannedFile planned) {
		this.bytesOfOpenFiles.remove(planned.number());
		this.bytesFinished.addAndGet(planned.bytesToRead());
		this.filesFinished.incrementAndGet();
	}

	/**
	 * Returns the counts of this moment.
	 */
	public Snapshot snapshot() {
		long open = this.bytesOfOpenFiles.values().stream().mapToLong(Long::longValue).sum();
		return new Snapshot(this.planned.files(), this.planned.filesFinished() + this.filesFinished.get(),
				this.planned.bytes(), this.bytesFinished.get() + open, this.chunks.get(), this.tokens.get());
	}

	/**
	 * How far an import is.
	 *
	 * @param files the number of files to import
	 * @param filesFinished how many of them are done
	 * @param bytes the number of bytes to read
	 * @param bytesRead how many of them have been read in this execution
	 * @param chunks the number of chunks written in this execution
	 * @param tokens the number of tokens in them that were embedded
	 */
	public record Snapshot(int files, int filesFinished, long bytes, long bytesRead, int chunks, long tokens) {

	}

}
