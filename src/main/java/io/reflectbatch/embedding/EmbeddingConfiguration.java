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
	Embedder embedder(EmbeddingProperties properties, @Value("${reflect.home}") Path home) {
		return Embedder.open(properties.precision(), properties.tokens(), home);
	}

}
