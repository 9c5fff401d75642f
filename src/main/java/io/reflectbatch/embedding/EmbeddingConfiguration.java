package io.reflectbatch.embedding;

import java.nio.file.Path;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Loads the model when it is first needed.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddingConfiguration {

	@Bean
	@Lazy
	EmbeddingModel embeddingModel(EmbeddingProperties properties) {
		return EmbeddingModel.of(properties);
	}

	@Bean
	@Lazy
	Embedder embedder(EmbeddingModel model, @Value("${reflect.home}") Path home) {
		return model.open(home);
	}

	@Bean
	@Lazy
	EmbeddingCache embeddingCache(EmbeddingProperties properties, EmbeddingModel model,
			@Value("${reflect.home}") Path home) {
		return properties.hasCache()
				? StoredEmbeddings.open(home.resolve("embedding-cache.bin"), properties.cacheSize().toBytes(), model)
				: EmbeddingCache.NONE;
	}

}
