package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Collects the numbers of all documents that match: four bytes each, in the order of the
 * index, in which stored fields are read fastest.
 */
final class DocumentNumbers implements CollectorManager<DocumentNumbers.Numbers, int[]> {

	@Override
	public Numbers newCollector() {
		return new Numbers();
	}

	@Override
	public int[] reduce(Collection<Numbers> collectors) {
		return collectors.stream().flatMapToInt((numbers) -> Arrays.stream(numbers.toArray())).sorted().toArray();
	}

	static final class Numbers extends SimpleCollector {

		private static final int INITIAL_SIZE = 1024;

		private int[] documents = new int[INITIAL_SIZE];

		private int size;

		private int base;

		@Override
		protected void doSetNextReader(LeafReaderContext context) throws IOException {
			this.base = context.docBase;
		}

		@Override
		public void collect(int document) {
			if (this.size == this.documents.length) {
				this.documents = Arrays.copyOf(this.documents, 2 * this.size);
			}
			this.documents[this.size++] = this.base + document;
		}

		@Override
		public ScoreMode scoreMode() {
			return ScoreMode.COMPLETE_NO_SCORES;
		}

		private int[] toArray() {
			return Arrays.copyOf(this.documents, this.size);
		}

	}

}
