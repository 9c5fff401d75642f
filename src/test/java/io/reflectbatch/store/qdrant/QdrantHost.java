package io.reflectbatch.store.qdrant;

import java.net.URI;

/**
 * What runs a Qdrant for the tests.
 */
interface QdrantHost extends AutoCloseable {

	URI url();

	/**
	 * Returns when the server is ready, also again after {@link #kill()}.
	 */
	void start();

	void kill();

	@Override
	void close();

}
