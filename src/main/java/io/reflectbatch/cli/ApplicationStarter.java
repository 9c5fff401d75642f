package io.reflectbatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.boot.support.EnvironmentPostProcessorsFactory;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Starts Spring for a command. Options beat environment variables, those beat the job
 * file, that beats the defaults.
 */
final class ApplicationStarter {

	private static final String HOME = "reflect.home";

	private static final String BUNDLED = "application.yaml";

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	private final Class<?> application;

	private final Map<String, String> variables;

	ApplicationStarter(Class<?> application, Map<String, String> variables) {
		this.application = application;
		this.variables = variables;
	}

	/**
	 * Loads the job file of a command that does not take it as an argument.
	 * @param option what {@code --job-file} says
	 */
	List<PropertySource<?>> jobFile(@Nullable Path option) {
		String variable = this.variables.getOrDefault("REFLECT_JOB_FILE", "");
		if (option != null || !variable.isBlank()) {
			return JobFile.load((option != null) ? option : HomePathEditor.path(variable));
		}
		return JobFile.loadBundled("import");
	}

	/**
	 * Starts Spring and checks the configuration.
	 * @param jobFile what the job file says
	 * @param options what the command line says
	 * @param configuration creates the beans that show whether it is right
	 * @throws UsageException if the configuration is wrong
	 */
	ConfigurableApplicationContext start(List<PropertySource<?>> jobFile, Settings options,
			Consumer<BeanFactory> configuration) {
		ConfigurableEnvironment environment = environment(jobFile, options);
		LogFormat.use(environment.getProperty("reflect.log.format", ""));
		ConfigurableApplicationContext context = run(environment);
		try {
			ConfigurationErrors.requireKnownDatabase(environment);
			configuration.accept(context);
			requireWritable(Path.of(environment.getRequiredProperty(HOME)));
			return context;
		}
		catch (RuntimeException ex) {
			context.close();
			throw ConfigurationErrors.translate(ex, environment);
		}
	}

	private ConfigurableApplicationContext run(ConfigurableEnvironment environment) {
		SpringApplication spring = new SpringApplication(this.application);
		// Spring finds what the build has prepared by its name.
		spring.setMainApplicationClass(this.application);
		spring.setEnvironment(environment);
		spring.setBannerMode(Banner.Mode.OFF);
		// We close it ourselves, after the last commit of a stopped import.
		spring.setRegisterShutdownHook(false);
		// Of what Spring Boot does to the environment: tell which variable a setting came
		// from. It would look for configuration elsewhere too, in the current directory
		// for example, where there may be another application's.
		spring.setListeners(List.of(
				EnvironmentPostProcessorApplicationListener.with(EnvironmentPostProcessorsFactory
					.of(SystemEnvironmentPropertySourceEnvironmentPostProcessor.class)),
				new LoggingApplicationListener()));
		try {
			return spring.run();
		}
		catch (RuntimeException ex) {
			throw ConfigurationErrors.translate(ex, environment);
		}
	}

	private ConfigurableEnvironment environment(List<PropertySource<?>> jobFile, Settings options) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, systemEnvironment());
		sources.addFirst(ReferenceEnvironment.settings(this.variables).toPropertySource("environment variables"));
		sources.addFirst(options.toPropertySource("options"));
		jobFile.forEach(sources::addLast);
		sources.addLast(new MapPropertySource("defaults", Map.of(HOME, defaultHome(this.variables).toString())));
		bundled().forEach(sources::addLast);
		sources.addFirst(new MapPropertySource("home", Map.of(HOME, home(environment).toString())));
		return environment;
	}

	private static List<PropertySource<?>> bundled() {
		try {
			return new YamlPropertySourceLoader().load(BUNDLED, new ClassPathResource(BUNDLED));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + BUNDLED + " in the application", ex);
		}
	}

	// Spring would take REFLECT_HOME='' for a setting.
	private PropertySource<?> systemEnvironment() {
		Map<String, Object> set = new LinkedHashMap<>(this.variables);
		set.values().removeIf((value) -> value.toString().isBlank());
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, set);
	}

	// The database wants an absolute path, and does not know HomePathEditor.
	private static Path home(ConfigurableEnvironment environment) {
		return HomePathEditor.path(environment.getRequiredProperty(HOME)).toAbsolutePath().normalize();
	}

	/**
	 * Returns the data directory of somebody who names none.
	 * @param variables the environment
	 */
	static Path defaultHome(Map<String, String> variables) {
		String data = variables.getOrDefault("XDG_DATA_HOME", "");
		Path base = !data.isBlank() ? Path.of(data) : Path.of(System.getProperty("user.home"), ".local", "share");
		return base.resolve("reflect-batch");
	}

	private static void requireWritable(Path home) {
		if (Files.isRegularFile(home)) {
			throw new UsageException("The data directory " + home
					+ " is a file. Remove it or name another directory with --home or REFLECT_HOME.");
		}
		try {
			create(home);
		}
		catch (FileSystemException ex) {
			throw new UsageException("The data directory " + home + " cannot be created: " + reason(ex)
					+ ". Name another one with --home or REFLECT_HOME.", ex);
		}
		catch (IOException ex) {
			throw new UsageException("The data directory " + home + " cannot be created: " + ex.getMessage()
					+ ". Name another one with --home or REFLECT_HOME.", ex);
		}
		if (!Files.isWritable(home)) {
			throw new UsageException("The data directory " + home
					+ " cannot be written. Make it writable or name another one with --home or REFLECT_HOME.");
		}
	}

	// Conversations are nobody else's business. A directory that is there may have been
	// given to a group on purpose, as volumes of containers are.
	private static void create(Path home) throws IOException {
		if (Files.isDirectory(home) || !home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(home);
		}
		else {
			Files.createDirectories(home, OWNER_ONLY);
		}
	}

	// The system's words; the exceptions of a file system may have no message but the
	// path.
	private static String reason(FileSystemException failure) {
		return switch (failure) {
			case AccessDeniedException denied -> denied.getFile() + " may not be written";
			case FileAlreadyExistsException file -> file.getFile() + " is not a directory";
			default -> String.valueOf(failure.getMessage());
		};
	}

}
