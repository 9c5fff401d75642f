package io.reflectbatch;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Bean;

/**
 * The application as Spring sees it. The build runs it to find out, ahead of time, which
 * beans there are; people run {@link Reflect}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ReflectBatchApplication {

	/**
	 * Takes out what looks for methods with {@code @EventListener} in all beans, which
	 * takes a tenth of a second: there are none, neither here nor in the libraries.
	 */
	@Bean
	static BeanDefinitionRegistryPostProcessor noEventListenerMethods() {
		return (registry) -> {
			String processor = AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME;
			if (registry.containsBeanDefinition(processor)) {
				registry.removeBeanDefinition(processor);
			}
		};
	}

	public static void main(String[] arguments) {
		SpringApplication.run(ReflectBatchApplication.class, arguments);
	}

}
