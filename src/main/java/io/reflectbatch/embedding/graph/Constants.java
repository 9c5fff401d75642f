package io.reflectbatch.embedding.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reflectbatch.embedding.graph.ShippedModel.Weights;

/**
 * The constants of a graph, made of the weights of the shipped model.
 */
final class Constants {

	private static final String WORDS = "embeddings/word_embeddings/weight";

	private final Graph graph;

	private final ShippedModel model;

	private final String shippedFile;

	private final WeightFile quantized;

	private final Set<String> added = new HashSet<>();

	Constants(Graph graph, ShippedModel model, String shippedFile, WeightFile quantized) {
		this.graph = graph;
		this.model = model;
		this.shippedFile = shippedFile;
		this.quantized = quantized;
	}

	/**
	 * Few weights, such as those of a normalization, as they are.
	 */
	String weights(String path) {
		Weights weights = this.model.weights(path);
		return add(path, Tensor.of(this.model.values(weights), weights.shape().toArray(Integer[]::new)));
	}

	/**
	 * The embeddings of words as they are.
	 */
	String words() {
		return inShippedFile(WORDS, this.model.weights(WORDS));
	}

	/**
	 * The matrix of a linear layer as it is.
	 */
	String matrix(String layer) {
		return inShippedFile(layer + "/weight", this.model.matrix(layer));
	}

	/**
	 * The bias of a linear layer.
	 */
	String bias(String layer) {
		return weights(layer + "/bias");
	}

	/**
	 * Leaves 32-bit weights where they are: in the jar they need no space a second time,
	 * and as a part of the file system's cache they need less memory.
	 */
	private String inShippedFile(String name, Weights weights) {
		return add(name, Tensor.elsewhere(Tensor.Type.FLOAT,
				new Tensor.Place(this.shippedFile, weights.offset(), weights.length()), weights.shape()));
	}

	/**
	 * The matrix of a linear layer in 8 bits: each output has a scale of its own.
	 */
	QuantizedMatrix quantizedMatrix(String layer) {
		Weights weights = this.model.matrix(layer);
		return quantizedMatrix(layer, weights.shape(), this.model.values(weights));
	}

	/**
	 * The same, for activations that are divided by their magnitudes: each row is
	 * multiplied with its own before.
	 */
	QuantizedMatrix quantizedMatrix(String layer, float[] magnitudes) {
		Weights weights = this.model.matrix(layer);
		float[] values = this.model.values(weights);
		int columns = weights.shape().get(1);
		for (int i = 0; i < values.length; i++) {
			values[i] *= magnitudes[i / columns];
		}
		return quantizedMatrix(layer, weights.shape(), values);
	}

	private QuantizedMatrix quantizedMatrix(String layer, List<Integer> shape, float[] values) {
		int columns = shape.get(1);
		Int8 quantized = Int8.byColumn(values, columns);
		return new QuantizedMatrix(layer, inWeightFile(layer + "/int8", quantized, shape),
				add(layer + "/scale", Tensor.of(quantized.scales(), columns)));
	}

	/**
	 * How great the results of a normalization are, as a root mean square: it makes
	 * numbers of mean 0 and variance 1, multiplies them with its weights and adds its
	 * biases.
	 */
	float[] magnitudes(String normalization) {
		float[] weights = this.model.values(this.model.weights(normalization + "/weight"));
		float[] biases = this.model.values(this.model.weights(normalization + "/bias"));
		float[] magnitudes = new float[weights.length];
		for (int i = 0; i < magnitudes.length; i++) {
			magnitudes[i] = (float) Math.hypot(weights[i], biases[i]);
		}
		return magnitudes;
	}

	/**
	 * One divided by each of some numbers.
	 */
	String inverses(String name, float[] numbers) {
		float[] inverses = new float[numbers.length];
		for (int i = 0; i < inverses.length; i++) {
			inverses[i] = 1 / numbers[i];
		}
		return add(name, Tensor.of(inverses, inverses.length));
	}

	/**
	 * The embeddings of words in 8 bits: each word has a scale of its own.
	 */
	void quantizedWords(String values, String scales) {
		Weights weights = this.model.weights(WORDS);
		int words = weights.shape().get(0);
		Int8 quantized = Int8.byRow(this.model.values(weights), weights.shape().get(1));
		inWeightFile(values, quantized, weights.shape());
		add(scales, Tensor.of(quantized.scales(), words, 1));
	}

	/**
	 * Like 32-bit weights, those in 8 bits are beside the graph: ONNX Runtime reads the
	 * whole graph into memory that it hardly gives back, but maps the other file, of
	 * which only those words are read that occur.
	 */
	private String inWeightFile(String name, Int8 quantized, List<Integer> shape) {
		return add(name, Tensor.elsewhere(Tensor.Type.INT8, this.quantized.add(quantized.values()), shape));
	}

	/**
	 * The embeddings of positions. There is only one text, of token type 0, whose
	 * embedding is added here once and for all.
	 */
	String positions() {
		Weights weights = this.model.weights("embeddings/position_embeddings/weight");
		float[] positions = this.model.values(weights);
		float[] types = this.model.values(this.model.weights("embeddings/token_type_embeddings/weight"));
		int columns = weights.shape().get(1);
		for (int i = 0; i < positions.length; i++) {
			positions[i] += types[i % columns];
		}
		return add("positions", Tensor.of(positions, weights.shape().toArray(Integer[]::new)));
	}

	/**
	 * The biases of several linear layers, one after the other.
	 */
	String biases(String name, List<String> layers) {
		List<float[]> values = layers.stream()
			.map((layer) -> this.model.values(this.model.weights(layer + "/bias")))
			.toList();
		float[] joined = new float[values.stream().mapToInt((part) -> part.length).sum()];
		int length = 0;
		for (float[] part : values) {
			System.arraycopy(part, 0, joined, length, part.length);
			length += part.length;
		}
		return add(name, Tensor.of(joined, joined.length));
	}

	/**
	 * A position on an axis.
	 */
	String index(long index) {
		return add("index." + index, Tensor.indexes(index));
	}

	String add(String name, Tensor value) {
		if (this.added.add(name)) {
			this.graph.constant(name, value);
		}
		return name;
	}

}
