package io.reflectbatch;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Bean;

/**
 * The application as Spring sees it. The build runs it to find out, ahead of time, which
 * beans there are; people run {@link Reflect}.
 */
// What is excluded is not used, and would be described, and partly created, at every
// start.
@SpringBootApplication(proxyBeanMethods = false,
		exclude = { AopAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class,
				LifecycleAutoConfiguration.class, ProjectInfoAutoConfiguration.class, SslAutoConfiguration.class,
				TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class,
				BatchJobLauncherAutoConfiguration.class, JacksonAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, PersistenceExceptionTranslationAutoConfiguration.class,
				TransactionAutoConfiguration.class, ValidationAutoConfiguration.class })
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

	/**
	 * Keeps Spring from creating a source of messages in the user's language, of which
	 * there are none: the class that it would take asks the JDK for all locales that
	 * there are.
	 */
	@Bean
	static MessageSource messageSource() {
		return new NoMessages();
	}

	public static void main(String[] arguments) {
		SpringApplication.run(ReflectBatchApplication.class, arguments);
	}

}
