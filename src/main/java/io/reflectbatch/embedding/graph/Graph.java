package io.reflectbatch.embedding.graph;

import java.util.List;

/**
 * An ONNX graph under construction. Nodes are added in the order of their computation.
 */
final class Graph {

	/**
	 * The operators that ONNX Runtime adds to the standard.
	 */
	private static final String CONTRIB = "com.microsoft";

	private static final int FORMAT_VERSION = 8;

	private static final int OPERATORS_VERSION = 17;

	private final Message message = new Message();

	/**
	 * Adds a constant.
	 * @return its name
	 */
	String constant(String name, Tensor value) {
		this.message.message(5, value.message(name));
		return name;
	}

	/**
	 * Adds a node of the standard's operators.
	 * @return its first output, which has the node's name
	 */
	String node(String operator, String name, List<String> inputs, Attribute... attributes) {
		return node("", operator, inputs, List.of(name), attributes);
	}

	/**
	 * Adds a node of ONNX Runtime's own operators.
	 * @return its first output, which has the node's name
	 */
	String contribNode(String operator, String name, List<String> inputs, Attribute... attributes) {
		return node(CONTRIB, operator, inputs, List.of(name), attributes);
	}

	/**
	 * Adds a node with several outputs.
	 * @return the names of the outputs
	 */
	List<String> nodes(String operator, List<String> outputs, List<String> inputs) {
		node("", operator, inputs, outputs);
		return outputs;
	}

	private String node(String domain, String operator, List<String> inputs, List<String> outputs,
			Attribute... attributes) {
		Message node = new Message();
		inputs.forEach((input) -> node.text(1, input));
		outputs.forEach((output) -> node.text(2, output));
		node.text(3, outputs.getFirst()).text(4, operator).text(7, domain);
		for (Attribute attribute : attributes) {
			node.message(5, attribute.message());
		}
		this.message.message(1, node);
		return outputs.getFirst();
	}

	/**
	 * Returns the ONNX file of the graph.
	 * @param input the only input, {@code [1, tokens]} whole numbers
	 * @param output the only output, {@code [1, dimension]} floats
	 */
	byte[] file(String input, String output, int dimension) {
		Message tokens = new Message().text(2, "tokens");
		Message width = new Message().number(1, dimension);
		this.message.text(2, "all-minilm-l6-v2")
			.message(11, value(input, Tensor.Type.INT64, tokens))
			.message(12, value(output, Tensor.Type.FLOAT, width));
		return new Message().number(1, FORMAT_VERSION)
			.text(2, "reflect-batch")
			.message(7, this.message)
			.message(8, new Message().text(1, "").number(2, OPERATORS_VERSION))
			.message(8, new Message().text(1, CONTRIB).number(2, 1))
			.toByteArray();
	}

	private static Message value(String name, Tensor.Type type, Message dimension) {
		Message shape = new Message().message(1, new Message().number(1, 1)).message(1, dimension);
		Message tensor = new Message().number(1, type.number()).message(2, shape);
		return new Message().text(1, name).message(2, new Message().message(1, tensor));
	}

}
