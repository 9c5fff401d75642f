package io.reflectbatch.store.qdrant;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.grpc.StatusRuntimeException;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointFilter;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.ScoredPoint;
import io.reflectbatch.store.StoreRejectedException;
import io.reflectbatch.store.StoredPoint;
import io.reflectbatch.store.VectorSpace;
import io.reflectbatch.store.WordQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations in Qdrant, through gRPC. Thread-safe.
 * <p>
 * Every change waits until Qdrant has applied it. All of them may be repeated without
 * harm, so a call that failed for a passing reason is tried again, with growing delays,
 * for {@link QdrantSettings#retryFor()}.
 */
public final class QdrantConversationStore implements ConversationStore {

	private static final Logger logger = LoggerFactory.getLogger(QdrantConversationStore.class);

	private static final int PAGE = 256;

	private final QdrantConnection connection;

	private final VectorSpace space;

	private final CollectionShape shape;

	private final QdrantSearch search;

	/**
	 * Opens nothing yet; the first call connects.
	 * @param settings where Qdrant is
	 * @param space whose collections and vectors they are
	 */
	public QdrantConversationStore(QdrantSettings settings, VectorSpace space) {
		this.connection = new QdrantConnection(settings);
		this.space = space;
		this.shape = new CollectionShape(space.dimension());
		this.search = new QdrantSearch(this.connection);
	}

	/**
	 * Lists the collections: unlike Qdrant's health check that asks for the API key.
	 */
	@Override
	public void verifyReachable() {
		this.connection.callBriefly("list its collections", this::listCollections);
	}

	@Override
	public void stopRetrying() {
		this.connection.stopRetrying();
	}

	@Override
	public String collectionOf(String project) {
		return this.space.collection(project);
	}

	@Override
	public void ensureCollection(String collection) {
		this.space.require(collection);
		this.connection.call("create collection '%s'".formatted(collection), () -> createIfMissing(collection));
		CollectionInfo info = info(collection);
		this.shape.require(collection, info);
		if (!info.containsPayloadSchema(Point.TEXT)) {
			indexText(collection);
		}
	}

	private boolean createIfMissing(String collection) {
		if (exists(collection)) {
			return false;
		}
		try {
			return this.connection.collections().create(this.shape.create(collection)).getResult();
		}
		catch (StatusRuntimeException ex) {
			return requireCreatedByAnother(collection, ex);
		}
	}

	/**
	 * Qdrant reports a collection that exists in different ways; only asking again is
	 * sure.
	 */
	private boolean requireCreatedByAnother(String collection, StatusRuntimeException failure) {
		if (!QdrantErrors.isTransient(failure) && exists(collection)) {
			return false;
		}
		throw failure;
	}

	private boolean exists(String collection) {
		return this.connection.collections()
			.collectionExists(CollectionExistsRequest.newBuilder().setCollectionName(collection).build())
			.getResult()
			.getExists();
	}

	private CollectionInfo info(String collection) {
		GetCollectionInfoRequest request = GetCollectionInfoRequest.newBuilder().setCollectionName(collection).build();
		return this.connection
			.call("describe collection '%s'".formatted(collection), () -> this.connection.collections().get(request))
			.getResult();
	}

	/**
	 * A server that does not know such an index keeps the points all the same.
	 */
	private void indexText(String collection) {
		try {
			this.connection.call("index the texts of collection '%s'".formatted(collection),
					() -> applied(this.connection.points().createFieldIndex(TextIndex.create(collection))));
		}
		catch (StoreRejectedException ex) {
			logger.warn("Words will be searched without an index: {}", ex.getMessage());
		}
	}

	@Override
	public void upsert(String collection, List<Point> points) {
		this.space.require(collection);
		new UpsertRequests(collection, this.shape.dimension()).of(points).forEach(this::upsert);
	}

	private void upsert(UpsertPoints request) {
		this.connection.call("write %s to collection '%s'".formatted(Point.inWords(request.getPointsCount()),
				request.getCollectionName()), () -> applied(this.connection.points().upsert(request)));
	}

	/**
	 * Looks for the next chunks by their ids first: without an index of conversations,
	 * which the reference's collections do not have, Qdrant reads every payload of the
	 * collection to find those of one.
	 */
	@Override
	public void deleteFrom(String collection, String conversationId, int firstChunk) {
		VectorSpace.requireOurs(collection);
		if (hasChunks(collection, conversationId, firstChunk)) {
			Condition tail = ConditionFactory.range(Point.CHUNK_INDEX, Range.newBuilder().setGte(firstChunk).build());
			deleteChunks(collection, conversationId, List.of(tail));
		}
	}

	private boolean hasChunks(String collection, String conversationId, int firstChunk) {
		GetPoints request = GetPoints.newBuilder()
			.setCollectionName(collection)
			.addAllIds(IntStream.range(firstChunk, firstChunk + GAP)
				.mapToObj((chunk) -> PointIdFactory.id(PointIds.id(conversationId, chunk)))
				.toList())
			.setWithPayload(WithPayloadSelectorFactory.enable(false))
			.build();
		return this.connection.callOr(false,
				"look for chunks of conversation '%s' in collection '%s'".formatted(conversationId, collection),
				() -> this.connection.points().get(request).getResultCount() > 0);
	}

	@Override
	public void deleteConversation(String collection, String conversationId) {
		VectorSpace.requireOurs(collection);
		deleteChunks(collection, conversationId, List.of());
	}

	private void deleteChunks(String collection, String conversationId, List<Condition> conditions) {
		Filter chunks = Filter.newBuilder()
			.addMust(ConditionFactory.matchKeyword(Point.CONVERSATION_ID, conversationId))
			.addAllMust(conditions)
			.build();
		DeletePoints request = DeletePoints.newBuilder()
			.setCollectionName(collection)
			.setPoints(PointsSelector.newBuilder().setFilter(chunks))
			.setWait(true)
			.setOrdering(UpsertRequests.ORDERING)
			.build();
		delete("delete chunks of conversation '%s' from collection '%s'".formatted(conversationId, collection),
				request);
	}

	/**
	 * A server too busy to apply a change in time answers without having done so.
	 */
	private static boolean applied(PointsOperationResponse response) {
		if (response.getResult().getStatus() != UpdateStatus.Completed) {
			throw QdrantErrors.notApplied(response.getResult().getStatus());
		}
		return true;
	}

	@Override
	public long count(String collection) {
		CountPoints request = CountPoints.newBuilder().setCollectionName(collection).setExact(true).build();
		return this.connection.callOr(0L, "count the points of collection '%s'".formatted(collection),
				() -> this.connection.points().count(request).getResult().getCount());
	}

	@Override
	public List<String> collections() {
		return everyCollection().stream().filter(this.space::contains).toList();
	}

	@Override
	public List<String> everyCollection() {
		return this.connection.call("list its collections", this::listCollections)
			.stream()
			.filter(VectorSpace::isOurs)
			.sorted()
			.toList();
	}

	private List<String> listCollections() {
		return this.connection.collections()
			.list(ListCollectionsRequest.getDefaultInstance())
			.getCollectionsList()
			.stream()
			.map(CollectionDescription::getName)
			.toList();
	}

	@Override
	public Map<String, String> projects() {
		List<String> collections = collections();
		List<String> projects = Concurrently.map(collections, this::project);
		Map<String, String> named = new TreeMap<>();
		for (int i = 0; i < collections.size(); i++) {
			if (!projects.get(i).isEmpty()) {
				named.put(collections.get(i), projects.get(i));
			}
		}
		return named;
	}

	private String project(String collection) {
		ScrollPoints request = ScrollPoints.newBuilder()
			.setCollectionName(collection)
			.setLimit(1)
			.setWithPayload(WithPayloadSelectorFactory.include(List.of(Point.PROJECT)))
			.build();
		return page(request).getResultList()
			.stream()
			.map((point) -> QdrantPayload.fromQdrant(point.getPayloadMap()).getOrDefault(Point.PROJECT, ""))
			.map(String::valueOf)
			.findFirst()
			.orElse("");
	}

	@Override
	public List<ScoredPoint> search(float[] vector, PointFilter filter, int limit) {
		return filter.collections().isEmpty() ? List.of() : this.search.nearest(vector, filter, limit);
	}

	@Override
	public List<ScoredPoint> search(WordQuery words, PointFilter filter, int limit) {
		return (filter.collections().isEmpty() || words.isEmpty()) ? List.of()
				: this.search.matching(words, filter, limit);
	}

	@Override
	public void forEach(String collection, Consumer<StoredPoint> action) {
		PointId next = null;
		do {
			ScrollResponse page = page(collection, next);
			page.getResultList()
				.forEach((point) -> action
					.accept(new StoredPoint(point.getId().getNum(), QdrantPayload.fromQdrant(point.getPayloadMap()))));
			next = page.hasNextPageOffset() ? page.getNextPageOffset() : null;
		}
		while (next != null);
	}

	private ScrollResponse page(String collection, @Nullable PointId start) {
		ScrollPoints.Builder request = ScrollPoints.newBuilder()
			.setCollectionName(collection)
			.setLimit(PAGE)
			.setWithPayload(WithPayloadSelectorFactory.enable(true));
		if (start != null) {
			request.setOffset(start);
		}
		return page(request.build());
	}

	private ScrollResponse page(ScrollPoints request) {
		return this.connection.callOr(ScrollResponse.getDefaultInstance(),
				"read collection '%s'".formatted(request.getCollectionName()),
				() -> this.connection.points().scroll(request));
	}

	@Override
	public List<StoredPoint> find(String collection, List<Long> ids) {
		GetPoints request = GetPoints.newBuilder()
			.setCollectionName(collection)
			.addAllIds(ids.stream().map(PointIdFactory::id).toList())
			.setWithPayload(WithPayloadSelectorFactory.enable(true))
			.build();
		return this.connection.callOr(List.of(),
				"read %s of collection '%s'".formatted(Point.inWords(ids.size()), collection), () -> find(request));
	}

	private List<StoredPoint> find(GetPoints request) {
		return this.connection.points()
			.get(request)
			.getResultList()
			.stream()
			.map((point) -> new StoredPoint(point.getId().getNum(), QdrantPayload.fromQdrant(point.getPayloadMap())))
			.toList();
	}

	@Override
	public void delete(String collection, List<Long> ids) {
		VectorSpace.requireOurs(collection);
		DeletePoints request = DeletePoints.newBuilder()
			.setCollectionName(collection)
			.setPoints(PointsSelector.newBuilder()
				.setPoints(PointsIdsList.newBuilder().addAllIds(ids.stream().map(PointIdFactory::id).toList())))
			.setWait(true)
			.setOrdering(UpsertRequests.ORDERING)
			.build();
		delete("delete %s from collection '%s'".formatted(Point.inWords(ids.size()), collection), request);
	}

	private void delete(String what, DeletePoints request) {
		this.connection.callOr(false, what, () -> applied(this.connection.points().delete(request)));
	}

	@Override
	public void drop(String collection) {
		this.space.requireOther(collection);
		DeleteCollection request = DeleteCollection.newBuilder().setCollectionName(collection).build();
		this.connection.callOr(false, "delete collection '%s'".formatted(collection),
				() -> this.connection.collections().delete(request).getResult());
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
