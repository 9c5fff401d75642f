package io.reflectbatch.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import io.reflectbatch.store.Point;
import io.reflectbatch.store.qdrant.QdrantServer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A point as it is on the disk.
 *
 * @param collection its collection
 * @param id its id
 * @param payload its payload
 * @param vector the bits of its vector, in hex
 */
record ImportedPoint(String collection, long id, Map<String, Object> payload, String vector) {

	private static final TypeReference<TreeMap<String, Object>> PAYLOAD = new TypeReference<>() {
	};

	/**
	 * Reads every point of an embedded store, whether the application runs or not.
	 * @param home the data directory
	 * @return the points by collection and id
	 */
	static SortedMap<String, ImportedPoint> allIn(Path home) {
		SortedMap<String, ImportedPoint> points = new TreeMap<>();
		Path index = home.resolve("lucene");
		if (!Files.isDirectory(index)) {
			return points;
		}
		try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index))) {
			for (LeafReaderContext leaf : reader.leaves()) {
				read(leaf.reader(), points);
			}
			return points;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void read(LeafReader leaf, Map<String, ImportedPoint> points) throws IOException {
		FloatVectorValues vectors = Objects.requireNonNull(leaf.getFloatVectorValues("vector_384"));
		Bits live = leaf.getLiveDocs();
		DocIndexIterator documents = vectors.iterator();
		while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
			if (live == null || live.get(documents.docID())) {
				Document document = leaf.storedFields().document(documents.docID());
				ImportedPoint point = new ImportedPoint(document.get("collection"),
						document.getField("id").numericValue().longValue(),
						JsonMapper.shared().readValue(document.get("payload"), PAYLOAD),
						bits(vectors.vectorValue(documents.index())));
				ImportedPoint twice = points.put(point.collection + "/" + point.id, point);
				if (twice != null) {
					throw new AssertionError("Twice in the store: " + twice);
				}
			}
		}
	}

	/**
	 * Reads every point of a collection in Qdrant.
	 */
	static SortedMap<String, ImportedPoint> allIn(QdrantServer server, String collection) {
		SortedMap<String, ImportedPoint> points = new TreeMap<>();
		for (JsonNode point : JsonMapper.shared().readTree(server.points(collection)).at("/result/points")) {
			float[] vector = JsonMapper.shared().treeToValue(point.get("vector"), float[].class);
			long id = point.get("id").asLong();
			points.put(collection + "/" + id, new ImportedPoint(collection, id,
					JsonMapper.shared().treeToValue(point.get("payload"), PAYLOAD), bits(vector)));
		}
		return points;
	}

	private static String bits(float[] vector) {
		ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
		bytes.asFloatBuffer().put(vector);
		return HexFormat.of().formatHex(bytes.array());
	}

	/**
	 * The chunk texts of a conversation, in order.
	 */
	static List<String> texts(Map<String, ImportedPoint> points, String conversation) {
		return points.values()
			.stream()
			.filter((point) -> conversation.equals(point.payload.get(Point.CONVERSATION_ID)))
			.sorted(Comparator.comparingInt((point) -> (int) point.value(Point.CHUNK_INDEX)))
			.map((point) -> (String) point.value(Point.TEXT))
			.toList();
	}

	Object value(String key) {
		return Objects.requireNonNull(this.payload.get(key), key);
	}

	@Override
	public String toString() {
		return this.collection + "/" + this.id + " " + this.payload + " vector " + this.vector.hashCode();
	}

}
