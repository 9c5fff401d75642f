package io.reflectbatch.store.qdrant;

import java.util.ArrayList;
import java.util.List;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WriteOrdering;
import io.qdrant.client.grpc.Points.WriteOrderingType;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.StoreRejectedException;

/**
 * Cuts an upsert of any size into requests that Qdrant takes. A point is several
 * megabytes large when ten long messages make one chunk.
 * <p>
 * Every request waits until it is applied, and goes through the shard's leader, so that
 * on a cluster a later delete never overtakes it.
 */
final class UpsertRequests {

	static final int REQUEST_BYTES = 4 * 1024 * 1024;

	/**
	 * Qdrant's own limit of a request is 32 MB ({@code service.max_request_size_mb}),
	 * that of a segment of its write-ahead log too ({@code storage.wal.wal_capacity_mb}).
	 */
	static final int POINT_BYTES = 30 * 1024 * 1024;

	static final WriteOrdering ORDERING = WriteOrdering.newBuilder().setType(WriteOrderingType.Strong).build();

	private final String collection;

	private final int dimension;

	UpsertRequests(String collection, int dimension) {
		this.collection = collection;
		this.dimension = dimension;
	}

	List<UpsertPoints> of(List<Point> points) {
		List<UpsertPoints> requests = new ArrayList<>();
		UpsertPoints.Builder request = empty();
		long bytes = 0;
		for (Point point : points) {
			PointStruct struct = struct(point);
			if (bytes > 0 && bytes + struct.getSerializedSize() > REQUEST_BYTES) {
				requests.add(request.build());
				request = empty();
				bytes = 0;
			}
			request.addPoints(struct);
			bytes += struct.getSerializedSize();
		}
		if (bytes > 0) {
			requests.add(request.build());
		}
		return requests;
	}

	private UpsertPoints.Builder empty() {
		return UpsertPoints.newBuilder().setCollectionName(this.collection).setWait(true).setOrdering(ORDERING);
	}

	private PointStruct struct(Point point) {
		requireDimension(point);
		PointStruct struct = PointStruct.newBuilder()
			.setId(PointIdFactory.id(point.id()))
			.setVectors(VectorsFactory.vectors(point.vector()))
			.putAllPayload(QdrantPayload.toQdrant(point.payload()))
			.build();
		requireSize(point, struct.getSerializedSize());
		return struct;
	}

	private void requireDimension(Point point) {
		if (point.vector().length != this.dimension) {
			throw new StoreRejectedException("Point %d for collection '%s' has %d dimensions; expected %d"
				.formatted(point.id(), this.collection, point.vector().length, this.dimension), null);
		}
	}

	private void requireSize(Point point, int bytes) {
		if (bytes > POINT_BYTES) {
			throw new StoreRejectedException("""
					Point %d (chunk %s of conversation '%s') for collection '%s' has %d bytes; \
					at most %d are sent to Qdrant at once. Use 'chunking: windows', which splits long messages"""
				.formatted(point.id(), point.payload().get(Point.CHUNK_INDEX),
						point.payload().get(Point.CONVERSATION_ID), this.collection, bytes, POINT_BYTES),
					null);
		}
	}

}
