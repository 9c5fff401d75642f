package io.reflectbatch.store;

import java.nio.file.Path;

import io.reflectbatch.store.lucene.LuceneConversationStore;
import io.reflectbatch.store.qdrant.QdrantConversationStore;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens the store that the configuration names.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	// What all-MiniLM-L6-v2 gives; the model itself is not loaded for it.
	private static final int DIMENSION = 384;

	@Bean
	ConversationStore conversationStore(StoreProperties properties, @Value("${reflect.home}") Path home) {
		return switch (properties.type()) {
			case LUCENE -> new LuceneConversationStore(home.resolve("lucene"), DIMENSION);
			case QDRANT -> new QdrantConversationStore(properties.qdrant(), DIMENSION);
		};
	}

}
