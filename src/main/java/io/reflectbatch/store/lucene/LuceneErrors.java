package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.nio.file.Path;

import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoreUnavailableException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.ThreadInterruptedException;

/**
 * Says in this application's words what went wrong in an index.
 */
final class LuceneErrors {

	private final Path directory;

	LuceneErrors(Path directory) {
		this.directory = directory;
	}

	/**
	 * Does something with the index.
	 * @param what what is done, to follow "could not" in a message
	 * @param work what to do
	 */
	<T> T translate(String what, Work<T> work) {
		try {
			return work.run();
		}
		catch (LockObtainFailedException ex) {
			throw locked(what, ex);
		}
		catch (CorruptIndexException | IndexFormatTooNewException | IndexFormatTooOldException ex) {
			throw unreadable(what, ex);
		}
		catch (ThreadInterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed(what, ex);
		}
		catch (IOException | AlreadyClosedException ex) {
			throw failed(what, ex);
		}
	}

	private StoreUnavailableException locked(String what, Exception failure) {
		return new StoreUnavailableException("""
				The Lucene index in %s could not %s: another process is writing to it and holds write.lock. \
				Wait until that import or watch has ended, or stop it; searching works meanwhile"""
			.formatted(this.directory, what), failure);
	}

	private StoreRejectedException unreadable(String what, Exception failure) {
		return new StoreRejectedException("""
				The Lucene index in %s could not %s: %s. Expected an undamaged index of Lucene 10: \
				move the directory away and import again with --reimport""".formatted(this.directory, what,
				failure.getMessage()), failure);
	}

	private StoreUnavailableException failed(String what, Exception failure) {
		return new StoreUnavailableException("""
				The Lucene index in %s could not %s: %s. \
				Is the directory readable and writable, and is there room on its disk?""".formatted(this.directory,
				what, failure), failure);
	}

	/**
	 * Something that reads or writes files.
	 *
	 * @param <T> its result
	 */
	interface Work<T> {

		T run() throws IOException;

	}

}
