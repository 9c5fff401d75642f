package io.reflectbatch.embedding.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of weights beside a graph, under construction. ONNX calls its content external
 * data.
 */
final class WeightFile {

	/**
	 * A page of memory, so that no two tensors share one
	 * (<a href= "https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
	 * recommends it).
	 */
	private static final int ALIGNMENT = 4096;

	private final String name;

	private final ByteArrayOutputStream content = new ByteArrayOutputStream();

	/**
	 * Creates an empty file.
	 * @param name the name under which it will be beside the graph
	 */
	WeightFile(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	Tensor.Place add(byte[] values) {
		int offset = this.content.size();
		this.content.writeBytes(values);
		this.content.writeBytes(new byte[-values.length & (ALIGNMENT - 1)]);
		return new Tensor.Place(this.name, offset, values.length);
	}

	/**
	 * Writes the file; an empty one is left out.
	 */
	void writeTo(Path file) throws IOException {
		if (this.content.size() > 0) {
			Files.write(file, this.content.toByteArray());
		}
	}

}
