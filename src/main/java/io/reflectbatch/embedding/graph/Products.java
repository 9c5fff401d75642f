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
		if (kind == Kind.FP32) {
			return layers.stream().map((layer) -> inFloats(activations, layer)).toList();
		}
		return inIntegers(kind, activations, range, layers.stream().map(this.constants::quantizedMatrix).toList());
	}

	/**
	 * Multiplies what a normalization made. It tells how great its results are: in 8 bits
	 * they are divided by that, and the rows of the matrix multiplied, so that those
	 * which are always small use all steps as well
	 * (<a href="https://arxiv.org/abs/2211.10438">SmoothQuant</a>, with the magnitudes
	 * taken from the weights and not from examples).
	 */
	String multiplyNormalized(Kind kind, String activations, String normalization, String layer) {
		if (kind == Kind.FP32) {
			return inFloats(activations, layer);
		}
		float[] magnitudes = this.constants.magnitudes(normalization);
		String even = this.graph.node("Mul", layer + "/input.even",
				List.of(activations, this.constants.inverses(layer + "/input.inverses", magnitudes)));
		return inIntegers(kind, even, Range.SYMMETRIC, List.of(this.constants.quantizedMatrix(layer, magnitudes)))
			.getFirst();
	}

	private String inFloats(String activations, String layer) {
		return this.graph.node("MatMul", layer, List.of(activations, this.constants.matrix(layer)));
	}

	private List<String> inIntegers(Kind kind, String activations, Range range, List<QuantizedMatrix> matrices) {
		return (kind == Kind.TEXT_SCALED) ? textScaled(activations, matrices)
				: tokenScaled(activations, range, matrices);
	}

	private List<String> textScaled(String activations, List<QuantizedMatrix> matrices) {
		String name = matrices.getFirst().layer();
		List<String> quantized = this.graph.nodes("DynamicQuantizeLinear",
				List.of(name + "/input", name + "/input.scale", name + "/input.zero"), List.of(activations));
		return matrices.stream()
			.map((matrix) -> integerProduct(matrix, matrix.layer(), quantized, this.constants.bias(matrix.layer())))
			.toList();
	}

	private List<String> tokenScaled(String activations, Range range, List<QuantizedMatrix> matrices) {
		String name = matrices.getFirst().layer();
		String scale = tokenScale(name, activations, range);
		String scales = this.graph.node("Reshape", name + "/input.scales", List.of(scale, this.constants.index(-1)));
		String values = this.graph.node("QuantizeLinear", name + "/input", List.of(activations, scales, zeros(range)),
				Attribute.of("axis", 1));
		String one = this.constants.add("one", Tensor.of(1));
		String zero = this.constants.add("zero." + range, Tensor.unsigned(range.zero()));
		return matrices.stream()
			.map((matrix) -> this.graph.node("Mul", matrix.layer(),
					List.of(integerProduct(matrix, matrix.layer() + "/product", List.of(values, one, zero), ""),
							scale)))
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

	private String integerProduct(QuantizedMatrix matrix, String name, List<String> activations, String bias) {
		return this.graph.contribNode("MatMulIntegerToFloat", name, List.of(activations.get(0), matrix.values(),
				activations.get(1), matrix.scales(), activations.get(2), "", bias));
	}

}
