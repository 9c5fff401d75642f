package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.HitQueue;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Compares a question with every vector of an index, on all cores. Lucene's own query
 * gives a core whole segments, and nearly all of an index is in one.
 */
final class NearestVectors {

	private static final Comparator<ScoreDoc> BEST_FIRST = Comparator.comparingDouble((ScoreDoc found) -> -found.score)
		.thenComparingInt((found) -> found.doc);

	private final String field;

	private final int share;

	/**
	 * Creates a search.
	 * @param field the field of the vectors
	 * @param share how many documents a thread takes at a time
	 */
	NearestVectors(String field, int share) {
		this.field = field;
		this.share = share;
	}

	/**
	 * Finds the vectors that are most similar to one.
	 * @param searcher the index
	 * @param vector a vector of the field's dimension
	 * @param restriction which documents to look at, {@code null} for all
	 * @param limit how many to find at most
	 * @return the documents with Lucene's scores, best first, equals in the order of the
	 * index
	 */
	ScoreDoc[] search(IndexSearcher searcher, float[] vector, @Nullable Query restriction, int limit)
			throws IOException {
		Weight weight = (restriction == null) ? null
				: searcher.createWeight(searcher.rewrite(restriction), ScoreMode.COMPLETE_NO_SCORES, 1);
		List<Share> shares = new ArrayList<>();
		for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
			for (int first = 0; first < leaf.reader().maxDoc(); first += this.share) {
				shares.add(new Share(leaf, first));
			}
		}
		try {
			return shares.parallelStream()
				.flatMap((share) -> search(share, vector, weight, limit).stream())
				.sorted(BEST_FIRST)
				.limit(limit)
				.toArray(ScoreDoc[]::new);
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private List<ScoreDoc> search(Share share, float[] vector, @Nullable Weight weight, int limit) {
		try {
			FloatVectorValues vectors = share.leaf.reader().getFloatVectorValues(this.field);
			VectorScorer scorer = (vectors != null) ? vectors.scorer(vector) : null;
			DocIdSetIterator documents = (scorer != null) ? documents(scorer, share.leaf, weight) : null;
			return (documents != null) ? best(share, scorer, documents, limit) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable DocIdSetIterator documents(VectorScorer scorer, LeafReaderContext leaf,
			@Nullable Weight weight) throws IOException {
		if (weight == null) {
			return scorer.iterator();
		}
		Scorer allowed = weight.scorer(leaf);
		return (allowed != null) ? ConjunctionUtils.intersectIterators(List.of(allowed.iterator(), scorer.iterator()))
				: null;
	}

	private List<ScoreDoc> best(Share share, VectorScorer scorer, DocIdSetIterator documents, int limit)
			throws IOException {
		Bits live = share.leaf.reader().getLiveDocs();
		HitQueue best = new HitQueue(limit, false);
		int end = share.first + this.share;
		for (int document = documents.advance(share.first); document < end; document = documents.nextDoc()) {
			if (live != null && !live.get(document)) {
				continue;
			}
			float score = scorer.score();
			if (best.size() < limit) {
				best.add(new ScoreDoc(share.leaf.docBase + document, score));
			}
			else if (score > best.top().score) {
				best.updateTop(new ScoreDoc(share.leaf.docBase + document, score));
			}
		}
		List<ScoreDoc> found = new ArrayList<>(best.size());
		best.forEach(found::add);
		return found;
	}

	/**
	 * What a thread takes at a time.
	 *
	 * @param leaf a segment
	 * @param first its first document in there
	 */
	private record Share(LeafReaderContext leaf, int first) {

	}

}
