package io.reflectbatch.store.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/**
 * Lucene's own codec without graphs over the vectors: a search compares the question with
 * every vector of its collections.
 * <p>
 * The answer is exact, and {@link NearestVectors} gets it from all cores. Writing is what
 * graphs make slow, for every merge builds them anew: 10,000 points in upserts of 10 took
 * 40 s with them and 12 s without, 100,000 points in upserts of 100 more than 200 s and
 * 24 s on two cores. An index with graphs can be read as well.
 */
final class ExactSearchCodec extends Lucene104Codec {

	private static final int CONNECTIONS = 16;

	private static final int BEAM_WIDTH = 100;

	private static final int MERGE_WORKERS = 1;

	private static final int NEVER = Integer.MAX_VALUE;

	private final KnnVectorsFormat vectors = new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM_WIDTH, MERGE_WORKERS, null,
			NEVER);

	@Override
	public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
		return this.vectors;
	}

}
