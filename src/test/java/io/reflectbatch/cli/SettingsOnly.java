package io.reflectbatch.cli;

import java.util.List;
import java.util.Map;

import io.reflectbatch.importing.JobProperties;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;

/**
 * An application that binds its configuration and does nothing else.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
class SettingsOnly {

	@Bean
	static HomePaths homePaths() {
		return new HomePaths();
	}

	/**
	 * Returns what the application gets to see.
	 * @param jobFile the job file
	 * @param variables the environment
	 * @param options the command line's settings
	 */
	static JobProperties bind(List<PropertySource<?>> jobFile, Map<String, String> variables, Settings options) {
		try (ConfigurableApplicationContext context = new ApplicationStarter(SettingsOnly.class, variables)
			.start(jobFile, options, (beans) -> beans.getBean(JobProperties.class))) {
			return context.getBean(JobProperties.class);
		}
		finally {
			// The format of logs is chosen for the whole JVM.
			LogFormat.use("text");
		}
	}

}
