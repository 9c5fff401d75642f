package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * A job file: Spring configuration below {@code reflect}, and {@code spring} and
 * {@code logging} for what belongs to those.
 */
final class JobFile {

	private static final List<String> ROOTS = List.of("reflect.", "spring.", "logging.");

	private JobFile() {
	}

	/**
	 * Loads a job file from disk.
	 * @param file the file
	 */
	static List<PropertySource<?>> load(Path file) {
		if (!Files.isReadable(file)) {
			throw new UsageException("The job file " + file.toAbsolutePath()
					+ " does not exist or cannot be read. Name one of the files in jobs/.");
		}
		return load(file.toString(), new FileSystemResource(file));
	}

	/**
	 * Loads a job file that is part of the application.
	 * @param name the name of the file in {@code jobs/}, without {@code .yaml}
	 */
	static List<PropertySource<?>> loadBundled(String name) {
		return load("jobs/" + name + ".yaml", new ClassPathResource("jobs/" + name + ".yaml"));
	}

	private static List<PropertySource<?>> load(String name, Resource resource) {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load(name, resource);
			sources.forEach((source) -> requireKnownRoots(name, source));
			return sources;
		}
		catch (IOException | RuntimeException ex) {
			throw (ex instanceof UsageException usage) ? usage
					: new UsageException("The job file " + name + " is not YAML: " + ex.getMessage(), ex);
		}
	}

	private static void requireKnownRoots(String name, PropertySource<?> source) {
		for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
			if (ROOTS.stream().noneMatch(key::startsWith)) {
				throw new UsageException("The job file " + name + " has the key '" + key
						+ "'; expected keys begin with reflect, spring or logging.");
			}
		}
	}

}
