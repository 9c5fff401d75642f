package io.reflectbatch.store.qdrant;

import java.util.Set;

import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.reflectbatch.store.StoreRejectedException;

/**
 * One unnamed vector with cosine distance, and nothing else configured: what the
 * reference importer creates and its search server expects.
 *
 * @param dimension the dimension of the vector
 */
record CollectionShape(int dimension) {

	CreateCollection create(String collection) {
		VectorParams vector = VectorParams.newBuilder().setSize(this.dimension).setDistance(Distance.Cosine).build();
		return CreateCollection.newBuilder()
			.setCollectionName(collection)
			.setVectorsConfig(VectorsConfig.newBuilder().setParams(vector))
			.build();
	}

	void require(String collection, CollectionInfo info) {
		VectorsConfig vectors = info.getConfig().getParams().getVectorsConfig();
		if (!vectors.hasParams() || vectors.getParams().getSize() != this.dimension
				|| vectors.getParams().getDistance() != Distance.Cosine) {
			throw new StoreRejectedException("""
					Collection '%s' has %s; expected one unnamed vector of %d dimensions with Cosine distance. \
					It was made for another embedding model: import into another Qdrant, \
					or delete the collection and import again""".formatted(collection, found(vectors), this.dimension),
					null);
		}
	}

	private static String found(VectorsConfig vectors) {
		if (vectors.hasParams()) {
			return "one unnamed vector of %d dimensions with %s distance".formatted(vectors.getParams().getSize(),
					vectors.getParams().getDistance());
		}
		Set<String> names = vectors.getParamsMap().getMapMap().keySet();
		return names.isEmpty() ? "no dense vector" : "named vectors " + names;
	}

}
