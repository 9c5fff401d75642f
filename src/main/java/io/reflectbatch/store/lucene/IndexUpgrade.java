package io.reflectbatch.store.lucene;

import java.io.IOException;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all documents of an index anew, with the fields that an earlier version did not
 * know. Payload and vector are in the index, so nothing is embedded.
 * <p>
 * There is one commit, at the end, and it is the caller's: a process that is killed
 * before leaves the index as it was.
 */
final class IndexUpgrade {

	private static final Logger logger = LoggerFactory.getLogger(IndexUpgrade.class);

	private final PointDocuments documents;

	IndexUpgrade(PointDocuments documents) {
		this.documents = documents;
	}

	void run(IndexWriter writer) throws IOException {
		try (DirectoryReader reader = DirectoryReader.open(writer)) {
			if (reader.numDocs() > 0) {
				logger.info("Adding words and times to the index of {} points, once", reader.numDocs());
			}
			for (LeafReaderContext leaf : reader.leaves()) {
				for (FieldInfo field : leaf.reader().getFieldInfos()) {
					if (field.hasVectorValues()) {
						rewrite(leaf.reader(), field.name, writer);
					}
				}
			}
		}
	}

	private void rewrite(LeafReader leaf, String field, IndexWriter writer) throws IOException {
		FloatVectorValues vectors = leaf.getFloatVectorValues(field);
		StoredFields stored = leaf.storedFields();
		Bits live = leaf.getLiveDocs();
		KnnVectorValues.DocIndexIterator entries = vectors.iterator();
		for (int number = entries.nextDoc(); number != DocIdSetIterator.NO_MORE_DOCS; number = entries.nextDoc()) {
			if (live == null || live.get(number)) {
				Document document = this.documents.again(stored.document(number), field,
						vectors.vectorValue(entries.index()));
				writer.updateDocument(PointDocuments.key(document), document);
			}
		}
	}

}
