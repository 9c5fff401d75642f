package io.reflectbatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * A job file: Spring configuration below {@code reflect}, and {@code spring} and
 * {@code logging} for what belongs to those.
 */
final class JobFile {

	private static final List<String> ROOTS = List.of("reflect.", "spring.", "logging.");

	private final String name;

	private JobFile(String name) {
		this.name = name;
	}

	/**
	 * Loads a job file from disk.
	 * @param file the file
	 * @throws UsageException if there is no such file, or it is not a job file
	 */
	static List<PropertySource<?>> load(Path file) {
		if (Files.isDirectory(file)) {
			throw new UsageException(file + " is a directory. Name a job file, such as those in jobs/.");
		}
		try {
			return new JobFile(file.toString()).parse(Files.readAllBytes(file));
		}
		catch (IOException ex) {
			throw new UsageException("The job file " + file.toAbsolutePath()
					+ " does not exist or cannot be read. Name a job file, such as those in jobs/.", ex);
		}
	}

	/**
	 * Loads a job file that is part of the application.
	 * @param name the name of the file in {@code jobs/}, without {@code .yaml}
	 */
	static List<PropertySource<?>> loadBundled(String name) {
		String path = "jobs/" + name + ".yaml";
		try (InputStream input = JobFile.class.getResourceAsStream("/" + path)) {
			return new JobFile(path).parse(Objects.requireNonNull(input, path).readAllBytes());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + path + " in the application", ex);
		}
	}

	private List<PropertySource<?>> parse(byte[] content) throws IOException {
		try {
			List<PropertySource<?>> documents = new YamlPropertySourceLoader().load(this.name,
					new NamedContent(this.name, content));
			if (documents.size() != 1) {
				throw new UsageException("%s holds %s; expected one job, such as those in jobs/".formatted(this.name,
						documents.isEmpty() ? "nothing" : documents.size() + " documents"));
			}
			requireKnownRoots((OriginTrackedMapPropertySource) documents.getFirst());
			return documents;
		}
		catch (MarkedYAMLException ex) {
			throw new UsageException(notYaml(ex), ex);
		}
	}

	private String notYaml(MarkedYAMLException failure) {
		Mark mark = failure.getProblemMark();
		String problem = failure.getProblem().lines().findFirst().orElse("");
		String remedy = problem.contains("TAB") ? "; indent with spaces" : "";
		return "%s:%s: not YAML: %s%s".formatted(this.name, (mark != null) ? mark.getLine() + 1 : "?", problem, remedy);
	}

	private void requireKnownRoots(OriginTrackedMapPropertySource source) {
		for (String key : source.getPropertyNames()) {
			if (ROOTS.stream().noneMatch(key::startsWith)) {
				throw new UsageException(
						"%s:%s: %s is not a key that there is; expected keys below reflect, spring or logging"
							.formatted(this.name, line(source, key), key));
			}
		}
	}

	private static String line(OriginTrackedMapPropertySource source, String key) {
		return (source.getOrigin(key) instanceof TextResourceOrigin origin && origin.getLocation() != null)
				? String.valueOf(origin.getLocation().getLine() + 1) : "1";
	}

	/**
	 * A resource that is called what the user calls it.
	 */
	private static final class NamedContent extends ByteArrayResource {

		private final String name;

		NamedContent(String name, byte[] content) {
			super(content);
			this.name = name;
		}

		@Override
		public String getDescription() {
			return this.name;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return super.equals(other) && other instanceof NamedContent content && content.name.equals(this.name);
		}

		@Override
		public int hashCode() {
			return this.name.hashCode();
		}

	}

}
