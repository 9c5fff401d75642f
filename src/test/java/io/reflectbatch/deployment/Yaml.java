package io.reflectbatch.deployment;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * YAML as a tree.
 */
final class Yaml {

	private static final JsonMapper json = JsonMapper.shared();

	private Yaml() {
	}

	/**
	 * Parses all documents of a text; a key that is there twice is an error.
	 */
	static List<JsonNode> documents(String text) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		Iterable<Object> documents = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text);
		return StreamSupport.stream(documents.spliterator(), false)
			.map((document) -> json.<JsonNode>valueToTree(document))
			.toList();
	}

	/**
	 * The texts of a list.
	 */
	static Stream<String> texts(JsonNode list) {
		return list.valueStream().map(JsonNode::asString);
	}

}
