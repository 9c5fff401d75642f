package io.reflectbatch.store.qdrant;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.ConversationStoreContract;

class QdrantConversationStoreTests extends ConversationStoreContract {

	private final QdrantServer server = QdrantServer.shared();

	@Override
	protected ConversationStore connect(int dimension) {
		return new QdrantConversationStore(this.server.settings(), dimension);
	}

	@Override
	protected void drop(String collection) {
		this.server.delete(collection);
	}

}
