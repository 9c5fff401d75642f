package io.reflectbatch.store.lucene;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.store.Point;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoredPoint;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Points as Lucene documents, and the questions that can be asked of them.
 * <p>
 * The payload is stored as JSON, the rest is for searching. Vectors are normalised, so
 * that the dot product is the cosine.
 */
final class PointDocuments {

	private static final String KEY = "key";

	private static final String COLLECTION = "collection";

	private static final String ID = "id";

	private static final String PAYLOAD = "payload";

	private static final TypeReference<LinkedHashMap<String, Object>> PAYLOAD_TYPE = new TypeReference<>() {
	};

	private final JsonMapper json = JsonMapper.builder().build();

	/** A field has one dimension for ever; this lets an index hold several. */
	private final String vectorField;

	PointDocuments(int dimension) {
		this.vectorField = "vector_" + dimension;
	}

	Term key(String collection, Point point) {
		return new Term(KEY, key(collection, point.id()));
	}

	private static String key(String collection, long id) {
		return collection + "/" + id;
	}

	Document document(String collection, Point point) {
		Document document = new Document();
		document.add(new StringField(KEY, key(collection, point.id()), Store.NO));
		document.add(new StringField(COLLECTION, collection, Store.YES));
		document.add(new StoredField(ID, point.id()));
		document.add(new StoredField(PAYLOAD, this.json.writeValueAsString(point.payload())));
		document.add(new KnnFloatVectorField(this.vectorField, normalized(point.vector()),
				VectorSimilarityFunction.DOT_PRODUCT));
		addPlace(document, point.payload());
		return document;
	}

	private static void addPlace(Document document, Map<String, Object> payload) {
		if (payload.get(Point.CONVERSATION_ID) instanceof String conversationId) {
			document.add(new StringField(Point.CONVERSATION_ID, conversationId, Store.NO));
		}
		if (payload.get(Point.CHUNK_INDEX) instanceof Integer chunkIndex) {
			document.add(new IntPoint(Point.CHUNK_INDEX, chunkIndex));
		}
	}

	private static float[] normalized(float[] vector) {
		return VectorUtil.l2normalize(vector.clone(), false);
	}

	ScoredPoint point(Document document, float score) {
		return new ScoredPoint(document.get(COLLECTION), document.getField(ID).numericValue().longValue(),
				cosine(score), this.json.readValue(document.get(PAYLOAD), PAYLOAD_TYPE));
	}

	StoredPoint stored(Document document) {
		return new StoredPoint(document.getField(ID).numericValue().longValue(),
				this.json.readValue(document.get(PAYLOAD), PAYLOAD_TYPE));
	}

	/**
	 * Lucene's scores are never negative: that of a dot product is
	 * {@code (1 + cosine) / 2}.
	 */
	private static double cosine(float score) {
		return 2.0 * score - 1;
	}

	Query all(String collection) {
		return new TermQuery(new Term(COLLECTION, collection));
	}

	Query points(String collection, List<Long> ids) {
		return new TermInSetQuery(KEY, ids.stream().map((id) -> new BytesRef(key(collection, id))).toList());
	}

	Query tail(String collection, String conversationId, int firstChunk) {
		return new BooleanQuery.Builder().add(all(collection), Occur.FILTER)
			.add(new TermQuery(new Term(Point.CONVERSATION_ID, conversationId)), Occur.FILTER)
			.add(IntPoint.newRangeQuery(Point.CHUNK_INDEX, firstChunk, Integer.MAX_VALUE), Occur.FILTER)
			.build();
	}

	Query nearest(float[] vector, List<String> collections, int limit) {
		Query filter = new TermInSetQuery(COLLECTION, collections.stream().map(BytesRef::new).toList());
		return new KnnFloatVectorQuery(this.vectorField, normalized(vector), limit, filter);
	}

}
