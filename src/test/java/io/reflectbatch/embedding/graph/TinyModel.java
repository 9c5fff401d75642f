package io.reflectbatch.embedding.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model of a few kilobytes that knows letters: each token has a vector of its own,
 * whatever is around it. Good enough to be told from another one.
 */
public final class TinyModel {

	private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

	private static final String SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789:.,-";

	private TinyModel() {
	}

	/**
	 * Writes {@code model.onnx} and {@code tokenizer.json}.
	 * @param directory where; made if it is not there
	 * @param dimension the number of values of a vector
	 * @param seed another one makes another model
	 * @return the directory
	 */
	public static Path write(Path directory, int dimension, int seed) throws IOException {
		Files.createDirectories(directory);
		List<String> words = words();
		Files.write(directory.resolve("model.onnx"), graph(words.size(), dimension, seed));
		Files.writeString(directory.resolve("tokenizer.json"), tokenizer(words));
		return directory;
	}

	private static List<String> words() {
		List<String> words = new ArrayList<>(SPECIAL);
		SIGNS.chars().forEach((sign) -> words.add(Character.toString(sign)));
		SIGNS.chars().forEach((sign) -> words.add("##" + Character.toString(sign)));
		return words;
	}

	private static byte[] graph(int words, int dimension, int seed) {
		Random random = new Random(seed);
		float[] values = new float[words * dimension];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) random.nextGaussian();
		}
		Graph graph = new Graph();
		String table = graph.constant("table", Tensor.of(values, words, dimension));
		String tokens = graph.node("Gather", "last_hidden_state", List.of(table, "input_ids"));
		return graph.file("input_ids", tokens, dimension);
	}

	private static String tokenizer(List<String> words) {
		String special = IntStream.range(0, SPECIAL.size())
			.mapToObj((id) -> """
					{"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
					 "normalized": false, "special": true}""".formatted(id, SPECIAL.get(id)))
			.collect(Collectors.joining(","));
		String vocabulary = IntStream.range(0, words.size())
			.mapToObj((id) -> "\"%s\": %d".formatted(words.get(id), id))
			.collect(Collectors.joining(","));
		return """
				{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s],
				 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
				   "strip_accents": null, "lowercase": true},
				 "pre_tokenizer": {"type": "BertPreTokenizer"},
				 "post_processor": {"type": "TemplateProcessing",
				   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
				     {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
				   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
				   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
				     "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
				 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
				 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
				   "max_input_chars_per_word": 100, "vocab": {%s}}}
				""".formatted(special, vocabulary);
	}

}
