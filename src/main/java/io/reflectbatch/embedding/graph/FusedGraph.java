package io.reflectbatch.embedding.graph;

import java.util.List;

/**
 * all-MiniLM-L6-v2 from token ids to the embedding, in fewer nodes than the shipped graph
 * has: attention, skip connections and activations are one node each, and pooling is
 * included.
 * <p>
 * It takes one text without padding, and so has no attention mask: on a padded batch it
 * would be wrong.
 */
final class FusedGraph {

	private static final int DIMENSION = 384;

	private static final int LAYERS = 6;

	private static final int HEADS = 12;

	private static final Attribute EPSILON = Attribute.of("epsilon", 1e-12f);

	private static final String INPUT = "input_ids";

	/**
	 * The number of tokens, special ones included.
	 */
	private static final String LENGTH = "length";

	private final Graph graph = new Graph();

	private final Constants constants;

	private final Arithmetic arithmetic;

	private final Products products;

	private FusedGraph(ShippedModel model, String shippedFile, WeightFile quantized, Arithmetic arithmetic) {
		this.constants = new Constants(this.graph, model, shippedFile, quantized);
		this.arithmetic = arithmetic;
		this.products = new Products(this.graph, this.constants, LENGTH);
	}

	/**
	 * Builds the graph.
	 * @param model where the weights come from
	 * @param shippedFile the name under which that model will be beside the graph: 32-bit
	 * matrices stay there
	 * @param quantized where matrices in 8 bits go
	 * @param arithmetic how matrices are multiplied
	 * @return an ONNX file
	 */
	static byte[] build(ShippedModel model, String shippedFile, WeightFile quantized, Arithmetic arithmetic) {
		FusedGraph fused = new FusedGraph(model, shippedFile, quantized, arithmetic);
		String tokens = fused.embeddings();
		for (int i = 0; i < LAYERS; i++) {
			tokens = fused.layer("layer." + i + "/", tokens);
		}
		return fused.graph.file(INPUT, fused.pooling(tokens), DIMENSION);
	}

	private String embeddings() {
		String positions = this.constants.positions();
		String length = length();
		String sliced = this.graph.node("Slice", "positions.text",
				List.of(positions, this.constants.index(0), length, this.constants.index(0)));
		String batch = this.graph.node("Unsqueeze", "positions.batch", List.of(sliced, this.constants.index(0)));
		return normalized("embedded", words(), batch, "embeddings/LayerNorm", "");
	}

	private String length() {
		String shape = this.graph.node("Shape", "shape", List.of(INPUT));
		return this.graph.node("Slice", LENGTH,
				List.of(shape, this.constants.index(1), this.constants.index(2), this.constants.index(0)));
	}

	/**
	 * The embeddings of words are half of all weights; in 8 bits they need a quarter of
	 * the memory.
	 */
	private String words() {
		if (this.arithmetic.equals(Arithmetic.FP32)) {
			return this.graph.node("Gather", "words", List.of(this.constants.words(), INPUT));
		}
		this.constants.quantizedWords("words.int8", "words.scale");
		String values = this.graph.node("Gather", "words.values", List.of("words.int8", INPUT));
		String floats = this.graph.node("Cast", "words.floats", List.of(values),
				Attribute.of("to", Tensor.Type.FLOAT.number()));
		String scales = this.graph.node("Gather", "words.scales", List.of("words.scale", INPUT));
		return this.graph.node("Mul", "words", List.of(floats, scales));
	}

	private String layer(String layer, String input) {
		String attended = normalized(layer + "attended", attention(layer, input), input,
				layer + "attention/output/LayerNorm",
				biasBehind(this.arithmetic.attentionOutput(), layer + "attention/output/dense"));
		return normalized(layer + "output", feedForward(layer, attended), attended, layer + "output/LayerNorm",
				biasBehind(this.arithmetic.feedForwardOutput(), layer + "output/dense"));
	}

	private String attention(String layer, String input) {
		List<String> parts = List.of(layer + "attention/self/query", layer + "attention/self/key",
				layer + "attention/self/value");
		List<String> products = this.products.multiply(this.arithmetic.attention(), input, Range.SYMMETRIC, parts);
		String biases = this.arithmetic.attention().includesBias() ? ""
				: this.constants.biases(layer + "attention/self/bias", parts);
		String attention = this.graph.contribNode("MultiHeadAttention", layer + "attention",
				List.of(products.get(0), products.get(1), products.get(2), biases), Attribute.of("num_heads", HEADS));
		return this.products.multiply(this.arithmetic.attentionOutput(), attention, Range.SYMMETRIC,
				layer + "attention/output/dense");
	}

	private String feedForward(String layer, String input) {
		String wide = this.products.multiplyNormalized(this.arithmetic.feedForward(), input,
				layer + "attention/output/LayerNorm", layer + "intermediate/dense");
		String activated = gelu(layer, wide);
		return this.products.multiply(this.arithmetic.feedForwardOutput(), activated, Range.GELU,
				layer + "output/dense");
	}

	private String gelu(String layer, String input) {
		Arithmetic.Gelu gelu = this.arithmetic.gelu();
		return this.arithmetic.feedForward().includesBias()
				? this.graph.contribNode(gelu.operator(), layer + "gelu", List.of(input))
				: this.graph.contribNode(gelu.withBias(), layer + "gelu",
						List.of(input, this.constants.bias(layer + "intermediate/dense")));
	}

	private String biasBehind(Arithmetic.Kind kind, String layer) {
		return kind.includesBias() ? "" : this.constants.bias(layer);
	}

	/**
	 * Adds bias and skip connection, and normalizes.
	 */
	private String normalized(String name, String values, String skipped, String normalization, String bias) {
		return this.graph.contribNode("SkipLayerNormalization", name,
				List.of(values, skipped, this.constants.weights(normalization + "/weight"),
						this.constants.weights(normalization + "/bias"), bias),
				EPSILON);
	}

	/**
	 * The mean of the tokens' vectors, of length one
	 * (<a href= "https://arxiv.org/abs/1908.10084">Sentence-BERT</a>, section 3).
	 */
	private String pooling(String tokens) {
		String mean = this.graph.node("ReduceMean", "mean", List.of(tokens), Attribute.axes(1),
				Attribute.of("keepdims", 0));
		return this.graph.node("LpNormalization", "embedding", List.of(mean), Attribute.of("axis", 1),
				Attribute.of("p", 2));
	}

}
