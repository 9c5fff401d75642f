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

	@Bean
	ConversationStore conversationStore(StoreProperties properties, VectorSpace space,
			@Value("${reflect.home}") Path home) {
		return switch (properties.type()) {
			case LUCENE -> new LuceneConversationStore(home.resolve("lucene"), space);
			case QDRANT -> new QdrantConversationStore(properties.qdrant(), space);
		};
	}

}
