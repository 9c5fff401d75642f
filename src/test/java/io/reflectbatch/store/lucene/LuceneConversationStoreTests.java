package io.reflectbatch.store.lucene;

import java.nio.file.Path;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.ConversationStoreContract;
import org.junit.jupiter.api.io.TempDir;

class LuceneConversationStoreTests extends ConversationStoreContract {

	@TempDir
	Path home;

	@Override
	protected ConversationStore connect(int dimension) {
		return new LuceneConversationStore(this.home.resolve("lucene"), dimension);
	}

}
