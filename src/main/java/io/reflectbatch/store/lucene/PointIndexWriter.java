package io.reflectbatch.store.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.store.Point;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an index. Thread-safe.
 * <p>
 * It is opened, and with it the lock taken, at the first change. The lock is one of the
 * operating system's and ends with the process, however that ends.
 * <p>
 * A method returns when its change is on the disk. Threads that write at the same time
 * share a commit: Lucene lets one commit at a time and finds nothing left to do for the
 * next when that one has taken its documents along.
 */
final class PointIndexWriter implements Closeable {

	private static final double MEMORY_IN_MB = 16;

	private static final double CACHED_SEGMENT_IN_MB = 1;

	private static final double CACHED_IN_MB = 4;

	private final Path directory;

	private final PointDocuments documents;

	private final int dimension;

	private @Nullable IndexWriter writer;

	PointIndexWriter(Path directory, PointDocuments documents, int dimension) {
		this.directory = directory;
		this.documents = documents;
		this.dimension = dimension;
	}

	synchronized boolean ensureCollection(String collection) throws IOException {
		IndexWriter open = open();
		IndexedCollections collections = collections(open);
		if (collections.contains(collection)) {
			collections.require(collection, this.dimension);
			return false;
		}
		open.setLiveCommitData(collections.with(collection, this.dimension).dimensions().entrySet());
		return commit(open);
	}

	boolean upsert(String collection, List<Point> points) throws IOException {
		IndexWriter open = open();
		collections(open).require(collection, this.dimension);
		for (Point point : points) {
			open.updateDocument(this.documents.key(collection, point), this.documents.document(collection, point));
		}
		return commit(open);
	}

	/**
	 * Brings an index of an earlier version up to date, if it is not.
	 */
	boolean upgrade() throws IOException {
		return open().isOpen();
	}

	boolean delete(Query query) throws IOException {
		IndexWriter open = open();
		open.deleteDocuments(query);
		return commit(open);
	}

	/**
	 * Deletes a collection in one commit, and gives its space on the disk back.
	 */
	synchronized boolean drop(String collection) throws IOException {
		IndexWriter open = open();
		IndexedCollections collections = collections(open);
		if (!collections.contains(collection)) {
			return false;
		}
		open.deleteDocuments(this.documents.all(collection));
		open.setLiveCommitData(collections.without(collection).dimensions().entrySet());
		commit(open);
		open.forceMergeDeletes();
		return commit(open);
	}

	private static boolean commit(IndexWriter open) throws IOException {
		return open.commit() >= 0;
	}

	private static IndexedCollections collections(IndexWriter open) {
		Map<String, String> userData = new HashMap<>();
		Iterable<Map.Entry<String, String>> live = open.getLiveCommitData();
		if (live != null) {
			live.forEach((entry) -> userData.put(entry.getKey(), entry.getValue()));
		}
		return new IndexedCollections(userData);
	}

	/**
	 * Lucene closes a writer by itself when the disk is full or a thread is interrupted
	 * in the middle of writing; the next change begins anew at the last commit.
	 */
	private synchronized IndexWriter open() throws IOException {
		IndexWriter current = this.writer;
		if (current != null && current.isOpen()) {
			return current;
		}
		IndexWriter opened = new IndexWriter(directory(), configuration());
		try {
			upgrade(opened);
		}
		catch (IOException | RuntimeException ex) {
			IOUtils.closeWhileHandlingException(opened::rollback, opened.getDirectory());
			throw ex;
		}
		this.writer = opened;
		return opened;
	}

	/**
	 * Ten points become a segment of some twenty small files, which Lucene puts together
	 * into one. Half of them are made in memory; those of payloads and vectors are not,
	 * since Lucene opens them before it knows how much will be in them.
	 */
	private Directory directory() throws IOException {
		return new NRTCachingDirectory(FSDirectory.open(this.directory), CACHED_SEGMENT_IN_MB, CACHED_IN_MB);
	}

	private void upgrade(IndexWriter opened) throws IOException {
		IndexedCollections collections = collections(opened);
		if (!collections.isCurrent()) {
			new IndexUpgrade(this.documents).run(opened);
			opened.setLiveCommitData(collections.upgraded().dimensions().entrySet());
			opened.commit();
		}
	}

	/**
	 * Segments are merged by the thread that commits: no more memory and no more threads
	 * than that.
	 */
	private static IndexWriterConfig configuration() {
		return new IndexWriterConfig().setRAMBufferSizeMB(MEMORY_IN_MB)
			.setMergeScheduler(new SerialMergeScheduler())
			.setCodec(new ExactSearchCodec());
	}

	@Override
	public synchronized void close() throws IOException {
		IndexWriter current = this.writer;
		if (current != null) {
			this.writer = null;
			IOUtils.close(current, current.getDirectory());
		}
	}

}
