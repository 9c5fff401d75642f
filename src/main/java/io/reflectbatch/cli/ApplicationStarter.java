package io.reflectbatch.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.reflectbatch.importing.JobProperties;

import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts Spring for a command. Options beat environment variables, those beat the job
 * file, that beats the defaults.
 */
final class ApplicationStarter {

	private final Class<?> application;

	ApplicationStarter(Class<?> application) {
		this.application = application;
	}

	/**
	 * Starts Spring and checks the configuration.
	 * @param jobFile what the job file says
	 * @param options what the command line says
	 */
	ConfigurableApplicationContext start(List<PropertySource<?>> jobFile, Map<String, Object> options) {
		SpringApplication spring = new SpringApplication(this.application);
		spring.setEnvironment(environment(jobFile, options));
		spring.setBannerMode(Banner.Mode.OFF);
		// We close it ourselves, after the last commit of a stopped import.
		spring.setRegisterShutdownHook(false);
		ConfigurableApplicationContext context = spring.run();
		try {
			context.getBean(JobProperties.class);
			return context;
		}
		catch (BeansException ex) {
			context.close();
			throw ConfigurationErrors.translate(ex);
		}
	}

	private static StandardEnvironment environment(List<PropertySource<?>> jobFile, Map<String, Object> options) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.addFirst(new MapPropertySource("environment variables", ReferenceEnvironment.settings(System::getenv)));
		sources.addFirst(new MapPropertySource("options", options));
		jobFile.forEach(sources::addLast);
		sources.addLast(new MapPropertySource("defaults", Map.of("reflect.home", defaultHome().toString())));
		return environment;
	}

	private static Path defaultHome() {
		String data = System.getenv("XDG_DATA_HOME");
		Path base = (data != null && !data.isBlank()) ? Path.of(data)
				: Path.of(System.getProperty("user.home"), ".local", "share");
		return base.resolve("reflect-batch");
	}

}
