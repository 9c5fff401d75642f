package io.reflectbatch.embedding.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The weights in the ONNX file of all-MiniLM-L6-v2 that is published as a Maven artifact.
 */
final class ShippedModel {

	private final byte[] file;

	private final Map<String, Weights> weights = new HashMap<>();

	/**
	 * The names of the matrices, by the name of the node that multiplies with it: the
	 * export has numbered them.
	 */
	private final Map<String, String> matrices = new HashMap<>();

	ShippedModel(byte[] file) {
		this.file = file;
		for (Field field : Field.read(file, 0, file.length)) {
			if (field.number() == 7) {
				readGraph(field);
			}
		}
	}

	private void readGraph(Field graph) {
		for (Field field : graph.fields(this.file)) {
			switch (field.number()) {
				case 1 -> readNode(field);
				case 5 -> readTensor(field);
				default -> {
				}
			}
		}
	}

	private void readNode(Field node) {
		List<Field> fields = node.fields(this.file);
		List<String> inputs = texts(fields, 1);
		if (inputs.size() == 2) {
			this.matrices.put(texts(fields, 3).getFirst(), inputs.get(1));
		}
	}

	private void readTensor(Field tensor) {
		List<Field> fields = tensor.fields(this.file);
		List<Integer> shape = numbered(fields, 1).stream().map((field) -> (int) field.value()).toList();
		for (Field values : numbered(fields, 9)) {
			this.weights.put(texts(fields, 8).getFirst(), new Weights(shape, values.start(), values.length()));
		}
	}

	private List<String> texts(List<Field> fields, int number) {
		return numbered(fields, number).stream().map((field) -> field.text(this.file)).toList();
	}

	private static List<Field> numbered(List<Field> fields, int number) {
		return fields.stream().filter((field) -> field.number() == number).toList();
	}

	/**
	 * Returns weights that have a name.
	 * @param path where they belong, for example {@code layer.0/output/dense/bias}
	 */
	Weights weights(String path) {
		String name = path.startsWith("layer.") ? "encoder." + path : path;
		return named(name.replace('/', '.'));
	}

	private Weights named(String name) {
		return Objects.requireNonNull(this.weights.get(name), () -> "The shipped model has no weights called " + name);
	}

	/**
	 * Returns the matrix of a linear layer.
	 * @param layer where it belongs, for example {@code layer.0/output/dense}
	 */
	Weights matrix(String layer) {
		String node = "/encoder/" + layer + "/MatMul";
		return named(
				Objects.requireNonNull(this.matrices.get(node), () -> "The shipped model has no node called " + node));
	}

	float[] values(Weights weights) {
		float[] values = new float[weights.length() / Float.BYTES];
		ByteBuffer.wrap(this.file, weights.offset(), weights.length())
			.order(ByteOrder.LITTLE_ENDIAN)
			.asFloatBuffer()
			.get(values);
		return values;
	}

	/**
	 * Where weights are in the file.
	 *
	 * @param shape their dimensions
	 * @param offset where the values begin: 32-bit floats, little-endian
	 * @param length their size in bytes
	 */
	record Weights(List<Integer> shape, int offset, int length) {

	}

}
