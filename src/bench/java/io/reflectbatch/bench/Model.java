package io.reflectbatch.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

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

	static Model unpackTo(Path directory, Settings settings) throws IOException {
		Files.createDirectories(directory);
		Path graph = directory.resolve(settings.model() + ".onnx");
		Path tokenizer = directory.resolve(settings.model() + "-" + settings.mode().tokens() + ".json");
		if (!Files.exists(graph)) {
			try (InputStream content = open(settings.model() + ".onnx")) {
				Files.copy(content, graph);
			}
		}
		Files.writeString(tokenizer, tokenizer(settings), StandardCharsets.UTF_8);
		return new Model(graph, tokenizer);
	}

	private static String tokenizer(Settings settings) throws IOException {
		try (InputStream content = open(settings.model() + "-tokenizer.json")) {
			JsonNode definition = JsonMapper.shared().readTree(content);
			((ObjectNode) definition.get("truncation")).put("max_length", settings.mode().tokens());
			return definition.toString();
		}
	}

	private static InputStream open(String resource) {
		return Objects.requireNonNull(Model.class.getClassLoader().getResourceAsStream(resource), resource);
	}

}
