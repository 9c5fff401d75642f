package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.HitQueue;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
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
	 * @return the documents with their dot products, best first, equals in the order of
	 * the index
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
			return (vectors != null) ? best(share, vectors, new DotProduct(vector), weight, limit) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<ScoreDoc> best(Share share, FloatVectorValues vectors, DotProduct product, @Nullable Weight weight,
			int limit) throws IOException {
		KnnVectorValues.DocIndexIterator position = vectors.iterator();
		DocIdSetIterator documents = documents(position, share.leaf, weight);
		Bits live = share.leaf.reader().getLiveDocs();
		HitQueue best = new HitQueue(limit, false);
		int end = share.first + this.share;
		for (int document = documents.advance(share.first); document < end; document = documents.nextDoc()) {
			if (live != null && !live.get(document)) {
				continue;
			}
			float score = product.with(vectors.vectorValue(position.index()));
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

	private static DocIdSetIterator documents(DocIdSetIterator all, LeafReaderContext leaf, @Nullable Weight weight)
			throws IOException {
		if (weight == null) {
			return all;
		}
		Scorer allowed = weight.scorer(leaf);
		return (allowed != null) ? ConjunctionUtils.intersectIterators(List.of(allowed.iterator(), all))
				: DocIdSetIterator.empty();
	}

	/**
	 * What a thread takes at a time.
	 *
	 * @param leaf a segment
	 * @param first its first document in there
	 */
	private record Share(LeafReaderContext leaf, int first) {

	}

	/**
	 * Multiplies a vector with others. C2 makes vector instructions of the products, but
	 * not of a sum of floats; so this takes less time than Lucene's method, and when it
	 * is not compiled yet, half of it.
	 */
	private static final class DotProduct {

		private static final int SUMS = 4;

		private final float[] vector;

		private final float[] products;

		DotProduct(float[] vector) {
			this.vector = Arrays.copyOf(vector, vector.length + (SUMS - vector.length % SUMS) % SUMS);
			this.products = new float[this.vector.length];
		}

		float with(float[] other) {
			float[] vector = this.vector;
			float[] products = this.products;
			for (int i = 0; i < other.length; i++) {
				products[i] = vector[i] * other[i];
			}
			float first = 0;
			float second = 0;
			float third = 0;
			float fourth = 0;
			for (int i = 0; i < products.length; i += SUMS) {
				first += products[i];
				second += products[i + 1];
				third += products[i + 2];
				fourth += products[i + 3];
			}
			return first + second + third + fourth;
		}

	}

}
