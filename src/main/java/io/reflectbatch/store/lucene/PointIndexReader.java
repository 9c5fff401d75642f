package io.reflectbatch.store.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads the last commit of an index, whichever process made it. Thread-safe; takes no
 * lock.
 */
final class PointIndexReader implements Closeable {

	private final Path directory;

	private @Nullable Directory files;

	private @Nullable SearcherManager searchers;

	PointIndexReader(Path directory) {
		this.directory = directory;
	}

	/**
	 * Asks the index.
	 * @param question what to ask
	 * @param whenMissing the answer where there is no index yet
	 */
	<T> T ask(Question<T> question, T whenMissing) throws IOException {
		SearcherManager current = open();
		if (current == null) {
			return whenMissing;
		}
		current.maybeRefreshBlocking();
		IndexSearcher searcher = current.acquire();
		try {
			return question.ask(searcher);
		}
		finally {
			current.release(searcher);
		}
	}

	private synchronized @Nullable SearcherManager open() throws IOException {
		if (this.searchers == null && Files.isDirectory(this.directory)) {
			Directory opened = (this.files != null) ? this.files : FSDirectory.open(this.directory);
			this.files = opened;
			this.searchers = DirectoryReader.indexExists(opened) ? new SearcherManager(opened, null) : null;
		}
		return this.searchers;
	}

	static IndexedCollections collections(IndexSearcher searcher) throws IOException {
		DirectoryReader reader = (DirectoryReader) searcher.getIndexReader();
		return new IndexedCollections(reader.getIndexCommit().getUserData());
	}

	@Override
	public synchronized void close() throws IOException {
		IOUtils.close(this.searchers, this.files);
		this.searchers = null;
		this.files = null;
	}

	/**
	 * Something to ask an index.
	 *
	 * @param <T> the answer
	 */
	interface Question<T> {

		T ask(IndexSearcher searcher) throws IOException;

	}

}
