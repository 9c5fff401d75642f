package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.embedding.EmbeddingProperties;
import io.reflectbatch.embedding.Precision;
import io.reflectbatch.store.ConversationStore;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.util.unit.DataSize;

/**
 * What tests replace in the application: loading the model, which takes longest, and the
 * store by one that can be watched.
 */
final class TestBeans implements InstantiationAwareBeanPostProcessor {

	private static final Path HOME = Path.of("target/shared-models").toAbsolutePath();

	private static final Map<EmbeddingProperties, Embedder> MODELS = new ConcurrentHashMap<>();

	private final BeanFactory beans;

	private final StoreProbe probe;

	TestBeans(BeanFactory beans, StoreProbe probe) {
		this.beans = beans;
		this.probe = probe;
	}

	/**
	 * Returns a model that stays open as long as the JVM.
	 */
	static Embedder model(EmbeddingProperties properties) {
		return MODELS.computeIfAbsent(properties, (key) -> EmbeddingModel.of(key).open(HOME));
	}

	/**
	 * Saves another process that uses a data directory from unpacking the model again.
	 */
	static void shareModelWith(Path home) throws IOException {
		model(new EmbeddingProperties(Precision.INT8, 256, DataSize.ofBytes(0), null));
		try (Stream<Path> shared = Files.list(HOME)) {
			for (Path entry : shared.toList()) {
				Files.createSymbolicLink(home.resolve(HOME.relativize(entry).toString()), entry);
			}
		}
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> beanClass, String beanName) {
		return (beanClass == Embedder.class) ? model(this.beans.getBean(EmbeddingProperties.class)) : null;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof ConversationStore store) ? this.probe.before(store) : bean;
	}

}
