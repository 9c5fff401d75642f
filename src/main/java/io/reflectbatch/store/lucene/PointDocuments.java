package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.store.Point;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoredPoint;
import io.reflectbatch.store.Timestamps;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;
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

	static final String COLLECTION = "collection";

	private static final String ID = "id";

	private static final String PAYLOAD = "payload";

	/** The words of the text. */
	static final String TEXT = "words";

	/** The time of the conversation, in milliseconds since 1970. */
	static final String TIME = "time";

	/**
	 * Where the words are counts and enables phrases; the text itself is in the payload.
	 */
	private static final FieldType WORDS = words();

	/** Takes a core a few milliseconds. */
	private static final int SHARE = 8192;

	private static final TypeReference<LinkedHashMap<String, Object>> PAYLOAD_TYPE = new TypeReference<>() {
	};

	private final JsonMapper json = JsonMapper.builder().build();

	/** A field has one dimension for ever; this lets an index hold several. */
	private final String vectorField;

	PointDocuments(int dimension) {
		this.vectorField = "vector_" + dimension;
	}

	private static FieldType words() {
		FieldType type = new FieldType();
		type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
		type.setTokenized(true);
		type.freeze();
		return type;
	}

	/**
	 * The points whose vectors are nearest to one, with their cosines.
	 */
	ScoreDoc[] nearest(IndexSearcher searcher, float[] vector, @Nullable Query restriction, int limit)
			throws IOException {
		return new NearestVectors(this.vectorField, SHARE).search(searcher, normalized(vector), restriction, limit);
	}

	PointQueries queries(IndexedCollections known) {
		return new PointQueries(known.names());
	}

	Term key(String collection, Point point) {
		return new Term(KEY, key(collection, point.id()));
	}

	private static String key(String collection, long id) {
		return collection + "/" + id;
	}

	static Term key(Document document) {
		return new Term(KEY, document.get(KEY));
	}

	Document document(String collection, Point point) {
		return document(collection, point.id(), this.json.writeValueAsString(point.payload()), point.payload(),
				new KnnFloatVectorField(this.vectorField, normalized(point.vector()),
						VectorSimilarityFunction.DOT_PRODUCT));
	}

	/**
	 * Makes a document anew, with all fields.
	 * @param stored what an index has stored of it
	 * @param field the field of its vector
	 * @param vector its vector, normalised
	 */
	Document again(Document stored, String field, float[] vector) {
		String payload = stored.get(PAYLOAD);
		return document(stored.get(COLLECTION), id(stored), payload, this.json.readValue(payload, PAYLOAD_TYPE),
				new KnnFloatVectorField(field, vector.clone(), VectorSimilarityFunction.DOT_PRODUCT));
	}

	private static Document document(String collection, long id, String json, Map<String, Object> payload,
			KnnFloatVectorField vector) {
		Document document = new Document();
		document.add(new StringField(KEY, key(collection, id), Store.NO));
		document.add(new StringField(COLLECTION, collection, Store.YES));
		document.add(new StoredField(ID, id));
		document.add(new StoredField(PAYLOAD, json));
		document.add(vector);
		addPlace(document, payload);
		addContent(document, payload);
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

	private static void addContent(Document document, Map<String, Object> payload) {
		if (payload.get(Point.TEXT) instanceof String text) {
			document.add(new Field(TEXT, new WordTokens(text), WORDS));
		}
		if (payload.get(Point.TIMESTAMP) instanceof String timestamp) {
			Timestamps.parse(timestamp)
				.ifPresent((instant) -> document.add(new LongPoint(TIME, instant.toEpochMilli())));
		}
	}

	private static float[] normalized(float[] vector) {
		return VectorUtil.l2normalize(vector.clone(), false);
	}

	ScoredPoint point(Document document, double score) {
		return new ScoredPoint(document.get(COLLECTION), id(document), score, payload(document));
	}

	StoredPoint stored(Document document) {
		return new StoredPoint(id(document), payload(document));
	}

	private static long id(Document document) {
		return document.getField(ID).numericValue().longValue();
	}

	Map<String, Object> payload(Document document) {
		return this.json.readValue(document.get(PAYLOAD), PAYLOAD_TYPE);
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

}
