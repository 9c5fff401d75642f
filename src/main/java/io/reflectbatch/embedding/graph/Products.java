package io.reflectbatch.embedding.graph;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.reflectbatch.embedding.graph.Arithmetic.Kind;

/**
 * Products of activations with the weights of linear layers.
 * <p>
 * In 8 bits, activations are quantized by what they are, text by text or token by token.
 * With a scale for each token, an outlier in one does not cost the others their accuracy.
 */
final class Products {

	private final Graph graph;

	private final Constants constants;

	private final String length;

	private final Set<Range> zeros = EnumSet.noneOf(Range.class);

	/**
	 * Creates products.
	 * @param length the name of the number of tokens
	 */
	Products(Graph graph, Constants constants, String length) {
		this.graph = graph;
		this.constants = constants;
		this.length = length;
	}

	/**
	 * Multiplies with the matrix of a layer, and adds its bias if that kind of product
	 * does.
	 * @return the name of the product
	 */
	String multiply(Kind kind, String activations, Range range, String layer) {
		return multiply(kind, activations, range, List.of(layer)).getFirst();
	}

	/**
	 * Multiplies the same activations with several matrices.
	 */
	List<String> multiply(Kind kind, String activations, Range range, List<String> layers) {
		return switch (kind) {
			case FP32 -> layers.stream().map((layer) -> inFloats(activations, layer)).toList();
			case TEXT_SCALED -> textScaled(activations, layers);
			case TOKEN_SCALED -> tokenScaled(activations, range, layers);
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
			.map((layer) -> integerProduct(layer, layer, quantized, this.constants.bias(layer)))
			.toList();
	}

	private List<String> tokenScaled(String activations, Range range, List<String> layers) {
		String name = layers.getFirst();
		String scale = tokenScale(name, activations, range);
		String scales = this.graph.node("Reshape", name + "/input.scales", List.of(scale, this.constants.index(-1)));
		String values = this.graph.node("QuantizeLinear", name + "/input", List.of(activations, scales, zeros(range)),
				Attribute.of("axis", 1));
		String one = this.constants.add("one", Tensor.of(1));
		String zero = this.constants.add("zero." + range, Tensor.unsigned(range.zero()));
		return layers.stream()
			.map((layer) -> this.graph.node("Mul", layer,
					List.of(integerProduct(layer, layer + "/product", List.of(values, one, zero), ""), scale)))
			.toList();
	}

	private String tokenScale(String name, String activations, Range range) {
		String magnitudes = (range == Range.SYMMETRIC)
				? this.graph.node("Abs", name + "/input.magnitudes", List.of(activations)) : activations;
		String greatest = this.graph.node("ReduceMax", name + "/input.greatest", List.of(magnitudes), Attribute.axes(2),
				Attribute.of("keepdims", 1));
		String scale = this.graph.node("Mul", name + "/input.step",
				List.of(greatest, this.constants.add("step." + range, Tensor.of(range.step()))));
		return this.graph.node("Max", name + "/input.scale",
				List.of(scale, this.constants.add("step.least." + range, Tensor.of(range.smallestStep()))));
	}

	/**
	 * QuantizeLinear wants a zero for each scale.
	 */
	private String zeros(Range range) {
		String name = "zeros." + range;
		if (this.zeros.add(range)) {
			this.graph.node("ConstantOfShape", name, List.of(this.length),
					Attribute.of("value", Tensor.unsigned(range.zero(), 1)));
		}
		return name;
	}

	private String integerProduct(String layer, String name, List<String> activations, String bias) {
		List<String> matrix = this.constants.quantizedMatrix(layer);
		// Zero unless said otherwise. But only if it is said, and no two products share
		// it, does ONNX Runtime take unsigned weights where sums of signed ones would be
		// cut off (see Transformer).
		String zero = this.constants.add(layer + "/zero", Tensor.signed(0));
		return this.graph.contribNode("MatMulIntegerToFloat", name, List.of(activations.get(0), matrix.get(0),
				activations.get(1), matrix.get(1), activations.get(2), zero, bias));
	}

}
