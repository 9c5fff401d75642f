package io.reflectbatch.store.qdrant;

import java.net.URI;

/**
 * Somebody's Qdrant: it is used, and neither started nor ended.
 *
 * @param url its REST address
 */
record RemoteQdrant(URI url) implements QdrantHost {

	@Override
	public void start() {
		throw new UnsupportedOperationException("QDRANT_TEST_URL names a server that is not ours to start");
	}

	@Override
	public void kill() {
		throw new UnsupportedOperationException("QDRANT_TEST_URL names a server that is not ours to end");
	}

	@Override
	public void close() {
	}

}
