package io.reflectbatch.importing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.embedding.Embedder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ModelPreloader}.
 */
class ModelPreloaderTests {

	@TempDir
	Path directory;

	@Test
	void loadsTheModelOnceOnAnotherThread() {
		try (TestApplication application = TestApplication.start(this.directory.resolve("home"),
				this.directory.resolve("logs"))) {
			List<Runnable> tasks = new ArrayList<>();
			ModelPreloader preloader = new ModelPreloader(application.provider(Embedder.class), tasks::add);
			preloader.preload();
			preloader.preload();
			assertThat(application.isModelLoaded()).isFalse();
			assertThat(tasks).hasSize(1);
			tasks.forEach(Runnable::run);
			assertThat(application.isModelLoaded()).isTrue();
		}
	}

	@Test
	void leavesItToTheImportToReportThatTheModelCannotBeLoaded() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("embedder", new RootBeanDefinition(Embedder.class, () -> {
			throw new IllegalStateException("No such model");
		}));
		ObjectProvider<Embedder> embedder = beans.getBeanProvider(Embedder.class);
		new ModelPreloader(embedder, Runnable::run).preload();
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(embedder::getObject)
			.withRootCauseInstanceOf(IllegalStateException.class);
	}

}
