package io.reflectbatch.embedding.graph;

/**
 * A setting of a node.
 *
 * @param message the {@code AttributeProto}
 */
record Attribute(Message message) {

	static Attribute of(String name, long value) {
		return new Attribute(new Message().text(1, name).number(3, value).number(20, 2));
	}

	static Attribute of(String name, float value) {
		return new Attribute(new Message().text(1, name).real(2, value).number(20, 1));
	}

	static Attribute of(String name, Tensor value) {
		return new Attribute(new Message().text(1, name).message(5, value.message("")).number(20, 4));
	}

	/**
	 * The axes that a node reduces or adds.
	 */
	static Attribute axes(long axis) {
		return new Attribute(new Message().text(1, "axes").number(8, axis).number(20, 7));
	}

}
