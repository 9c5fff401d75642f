package io.reflectbatch.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shipped model as files, for libraries that take files.
 *
 * @param graph the ONNX graph as it comes in its artifact
 * @param tokenizer its tokenizer, which cuts where we do: what it says itself is 128
 */
record Model(Path graph, Path tokenizer) {

	private static final Path LIBRARIES = Path.of("bench/langchain4j/target/libraries");

	static Model unpackTo(Path directory, Settings settings) throws IOException {
		Files.createDirectories(directory);
		Path graph = directory.resolve(settings.model() + ".onnx");
		Path tokenizer = directory.resolve(settings.model() + "-" + settings.mode().tokens() + ".json");
		if (!Files.exists(graph)) {
			Files.write(graph, read(settings, ".onnx"));
		}
		Files.writeString(tokenizer, tokenizer(settings), StandardCharsets.UTF_8);
		return new Model(graph, tokenizer);
	}

	private static String tokenizer(Settings settings) throws IOException {
		JsonNode definition = JsonMapper.shared().readTree(read(settings, "-tokenizer.json"));
		((ObjectNode) definition.get("truncation")).put("max_length", settings.mode().tokens());
		return definition.toString();
	}

	/**
	 * Reads from the artifact as LangChain4j gets it, whatever we make of it.
	 */
	private static byte[] read(Settings settings, String suffix) throws IOException {
		try (DirectoryStream<Path> artifacts = Files.newDirectoryStream(LIBRARIES,
				"langchain4j-embeddings-" + settings.model() + "-[0-9]*.jar");
				ZipFile artifact = new ZipFile(artifacts.iterator().next().toFile());
				InputStream content = artifact.getInputStream(artifact.getEntry(settings.model() + suffix))) {
			return content.readAllBytes();
		}
	}

}
