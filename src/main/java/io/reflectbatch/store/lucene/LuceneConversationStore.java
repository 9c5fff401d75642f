package io.reflectbatch.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoredPoint;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.WordQuery;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.IOUtils;

/**
 * Conversations in a Lucene index on this machine. Thread-safe.
 * <p>
 * One process at a time may write; any number may read meanwhile, and see each commit. A
 * reader creates nothing: without an index all collections are missing.
 */
public final class LuceneConversationStore implements ConversationStore {

	private final LuceneErrors errors;

	private final PointDocuments documents;

	private final PointIndexWriter writer;

	private final PointIndexReader reader;

	private final VectorSpace space;

	/**
	 * Opens nothing yet; the first change creates the directory and takes its lock.
	 * @param directory of the index, and nothing else
	 * @param space whose collections and vectors they are
	 */
	public LuceneConversationStore(Path directory, VectorSpace space) {
		this.errors = new LuceneErrors(directory);
		this.documents = new PointDocuments(space.dimension());
		this.writer = new PointIndexWriter(directory, this.documents, space.dimension());
		this.reader = new PointIndexReader(directory);
		this.space = space;
	}

	/**
	 * Reads the index, if there is one.
	 */
	@Override
	public void verifyReachable() {
		collections();
	}

	@Override
	public String collectionOf(String project) {
		return this.space.collection(project);
	}

	@Override
	public void ensureCollection(String collection) {
		this.space.require(collection);
		this.errors.translate("create collection '%s'".formatted(collection),
				() -> this.writer.ensureCollection(collection));
	}

	@Override
	public void upsert(String collection, List<Point> points) {
		this.space.require(collection);
		points.forEach((point) -> requireDimension(collection, point));
		this.errors.translate("write %s to collection '%s'".formatted(Point.inWords(points.size()), collection),
				() -> this.writer.upsert(collection, points));
	}

	private void requireDimension(String collection, Point point) {
		if (point.vector().length != this.space.dimension()) {
			throw new StoreRejectedException("Point %d for collection '%s' has %d dimensions; expected %d"
				.formatted(point.id(), collection, point.vector().length, this.space.dimension()), null);
		}
	}

	@Override
	public void deleteFrom(String collection, String conversationId, int firstChunk) {
		VectorSpace.requireOurs(collection);
		Query tail = this.documents.tail(collection, conversationId, firstChunk);
		this.errors.translate(
				"delete chunks of conversation '%s' from collection '%s'".formatted(conversationId, collection),
				() -> this.writer.delete(tail));
	}

	@Override
	public void deleteConversation(String collection, String conversationId) {
		deleteFrom(collection, conversationId, 0);
	}

	@Override
	public long count(String collection) {
		Query all = this.documents.all(collection);
		return this.errors.translate("count the points of collection '%s'".formatted(collection),
				() -> this.reader.ask((searcher) -> (long) searcher.count(all), 0L));
	}

	@Override
	public List<String> collections() {
		return everyCollection().stream().filter(this.space::contains).toList();
	}

	@Override
	public List<String> everyCollection() {
		return this.errors.translate("list its collections",
				() -> this.reader.ask((searcher) -> PointIndexReader.collections(searcher).names(), List.<String>of()));
	}

	@Override
	public Map<String, String> projects() {
		return this.errors.translate("list its projects",
				() -> this.reader.ask(this::projects, Map.<String, String>of()));
	}

	private Map<String, String> projects(IndexSearcher searcher) throws IOException {
		Map<String, String> projects = new TreeMap<>();
		List<String> collections = PointIndexReader.collections(searcher).names();
		for (String collection : collections.stream().filter(this.space::contains).toList()) {
			for (ScoreDoc hit : searcher.search(this.documents.all(collection), 1).scoreDocs) {
				Object project = this.documents.payload(searcher.storedFields().document(hit.doc)).get(Point.PROJECT);
				projects.put(collection, String.valueOf(project));
			}
		}
		return projects;
	}

	@Override
	public List<ScoredPoint> search(float[] vector, PointFilter filter, int limit) {
		if (filter.since() != null || filter.until() != null || !filter.phrases().isEmpty()) {
			upgrade();
		}
		return this.errors.translate("search", () -> this.reader.ask((searcher) -> {
			Query restriction = queries(searcher).restriction(filter);
			return points(searcher, this.documents.nearest(searcher, vector, restriction, limit));
		}, List.<ScoredPoint>of()));
	}

	@Override
	public List<ScoredPoint> search(WordQuery words, PointFilter filter, int limit) {
		if (words.isEmpty()) {
			return List.of();
		}
		upgrade();
		return this.errors.translate("search", () -> this.reader.ask((searcher) -> {
			Query matching = queries(searcher).matching(words, filter);
			return points(searcher, searcher.search(matching, limit).scoreDocs);
		}, List.<ScoredPoint>of()));
	}

	/**
	 * An index of an earlier version has no words. An import that holds its lock has
	 * added them when it took the lock.
	 */
	private void upgrade() {
		boolean current = this.errors.translate("be read",
				() -> this.reader.ask((searcher) -> PointIndexReader.collections(searcher).isCurrent(), true));
		if (!current) {
			this.errors.translate("be brought up to date", this.writer::upgrade);
		}
	}

	private PointQueries queries(IndexSearcher searcher) throws IOException {
		return this.documents.queries(PointIndexReader.collections(searcher));
	}

	private List<ScoredPoint> points(IndexSearcher searcher, ScoreDoc[] found) throws IOException {
		List<ScoredPoint> points = new ArrayList<>();
		StoredFields stored = searcher.storedFields();
		for (ScoreDoc hit : found) {
			points.add(this.documents.point(stored.document(hit.doc), hit.score));
		}
		points.sort(ScoredPoint.BEST_FIRST);
		return List.copyOf(points);
	}

	@Override
	public void forEach(String collection, Consumer<StoredPoint> action) {
		this.errors.translate("read collection '%s'".formatted(collection),
				() -> this.reader.ask((searcher) -> forEach(searcher, collection, action), 0));
	}

	private int forEach(IndexSearcher searcher, String collection, Consumer<StoredPoint> action) throws IOException {
		StoredFields stored = searcher.storedFields();
		int[] documents = searcher.search(this.documents.all(collection), new DocumentNumbers());
		for (int document : documents) {
			action.accept(this.documents.stored(stored.document(document)));
		}
		return documents.length;
	}

	@Override
	public List<StoredPoint> find(String collection, List<Long> ids) {
		Query points = this.documents.points(collection, ids);
		return this.errors.translate("read %s of collection '%s'".formatted(Point.inWords(ids.size()), collection),
				() -> this.reader.ask((searcher) -> find(searcher, points), List.<StoredPoint>of()));
	}

	private List<StoredPoint> find(IndexSearcher searcher, Query query) throws IOException {
		List<StoredPoint> points = new ArrayList<>();
		StoredFields stored = searcher.storedFields();
		for (int document : searcher.search(query, new DocumentNumbers())) {
			points.add(this.documents.stored(stored.document(document)));
		}
		return points;
	}

	@Override
	public void delete(String collection, List<Long> ids) {
		VectorSpace.requireOurs(collection);
		this.errors.translate("delete %s from collection '%s'".formatted(Point.inWords(ids.size()), collection),
				() -> this.writer.delete(this.documents.points(collection, ids)));
	}

	@Override
	public void drop(String collection) {
		this.space.requireOther(collection);
		this.errors.translate("delete collection '%s'".formatted(collection), () -> this.writer.drop(collection));
	}

	@Override
	public void close() {
		this.errors.translate("be closed", () -> {
			IOUtils.close(this.reader, this.writer);
			return true;
		});
	}

}
