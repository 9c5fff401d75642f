package io.reflectbatch.embedding.graph;

import java.util.List;

import io.reflectbatch.embedding.graph.Arithmetic.Kind;

/**
 * Products of activations with the weights of linear layers; a bias is left to the node
 * behind.
 * <p>
 * In 8 bits, activations are quantized by what they are, text by text or token by token.
 * With a scale for each token, an outlier in one does not cost the others their accuracy.
 */
final class Products {

	/**
	 * Tokens are scaled to -127 to 127, in unsigned bytes around this.
	 */
	private static final int ZERO = 128;

	private static final float STEPS = 127;

	/**
	 * Keeps the quotient a number where all activations are zero.
	 */
	private static final float SMALLEST_SCALE = 1e-9f;

	private static final String ZEROS = "zeros";

	private final Graph graph;

	private final Constants constants;

	private final String length;

	private boolean zerosAdded;

	/**
	 * Creates products.
	 * @param length the name of the number of tokens
	 */
	Products(Graph graph, Constants constants, String length) {
		this.graph = graph;
		this.constants = constants;
		this.length = length;
	}

	String multiply(Kind kind, String activations, String layer) {
		return multiply(kind, activations, List.of(layer)).getFirst();
	}

	/**
	 * Multiplies the same activations with several matrices.
	 */
	List<String> multiply(Kind kind, String activations, List<String> layers) {
		return switch (kind) {
			case FP32 -> layers.stream().map((layer) -> inFloats(activations, layer)).toList();
			case TEXT_SCALED -> textScaled(activations, layers);
			case TOKEN_SCALED -> tokenScaled(activations, layers);
		};
	}

	private String inFloats(String activations, String layer) {
		return this.graph.node("MatMul", layer, List.of(activations, this.constants.matrix(layer)));
	}

	private List<String> textScaled(String activations, List<String> layers) {
		String name = layers.getFirst();
		List<String> quantized = this.graph.nodes("DynamicQuantizeLinear",
				List.of(name + "/input", name + "/input.scale", name + "/input.zero"), List.of(activations));
		return layers.stream()
			.map((layer) -> integerProduct(layer, layer, quantized.get(0), quantized.get(1), quantized.get(2)))
			.toList();
	}

	private List<String> tokenScaled(String activations, List<String> layers) {
		String name = layers.getFirst();
		String scale = tokenScale(name, activations);
		String scales = this.graph.node("Reshape", name + "/input.scales", List.of(scale, this.constants.index(-1)));
		String quantized = this.graph.node("QuantizeLinear", name + "/input", List.of(activations, scales, zeros()),
				Attribute.of("axis", 1));
		String one = this.constants.add("one", Tensor.of(1));
		String zero = this.constants.add("zero", Tensor.unsigned(ZERO));
		return layers.stream()
			.map((layer) -> this.graph.node("Mul", layer,
					List.of(integerProduct(layer, layer + "/product", quantized, one, zero), scale)))
			.toList();
	}

	/**
	 * QuantizeLinear wants a zero for each scale.
	 */
	private String zeros() {
		if (!this.zerosAdded) {
			this.zerosAdded = true;
			this.graph.node("ConstantOfShape", ZEROS, List.of(this.length),
					Attribute.of("value", Tensor.unsigned(ZERO, 1)));
		}
		return ZEROS;
	}

	private String tokenScale(String name, String activations) {
		String magnitudes = this.graph.node("Abs", name + "/input.magnitudes", List.of(activations));
		String greatest = this.graph.node("ReduceMax", name + "/input.greatest", List.of(magnitudes), Attribute.axes(2),
				Attribute.of("keepdims", 1));
		String scale = this.graph.node("Mul", name + "/input.step",
				List.of(greatest, this.constants.add("step", Tensor.of(1 / STEPS))));
		return this.graph.node("Max", name + "/input.scale",
				List.of(scale, this.constants.add("smallest", Tensor.of(SMALLEST_SCALE))));
	}

	private String integerProduct(String layer, String name, String activations, String scale, String zero) {
		List<String> matrix = this.constants.quantizedMatrix(layer);
		return this.graph.contribNode("MatMulIntegerToFloat", name,
				List.of(activations, matrix.get(0), scale, matrix.get(1), zero));
	}

}
