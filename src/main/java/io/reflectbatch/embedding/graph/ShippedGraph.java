package io.reflectbatch.embedding.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

/**
 * The weights in the ONNX file of all-MiniLM-L6-v2 that is published as a Maven artifact.
 */
final class ShippedGraph {

	private final byte[] file;

	private final Map<String, Weight> weights = new HashMap<>();

	/**
	 * The weight that a node called such multiplies with.
	 */
	private final Map<String, String> factors = new HashMap<>();

	ShippedGraph(byte[] file) {
		this.file = file;
		forEachField(0, file.length, (field, in) -> {
			if (field == 7) {
				range(in, this::readGraph);
			}
		});
	}

	private void readGraph(int start, int end) {
		forEachField(start, end, (field, in) -> {
			switch (field) {
				case 1 -> range(in, this::readNode);
				case 5 -> range(in, this::readTensor);
				default -> {
				}
			}
		});
	}

	private void readNode(int start, int end) {
		List<String> inputs = new ArrayList<>();
		List<String> names = new ArrayList<>();
		forEachField(start, end, (field, in) -> {
			switch (field) {
				case 1 -> inputs.add(in.readString());
				case 3 -> names.add(in.readString());
				default -> {
				}
			}
		});
		if (inputs.size() == 2) {
			this.factors.put(names.getFirst(), inputs.get(1));
		}
	}

	private void readTensor(int start, int end) {
		List<Integer> shape = new ArrayList<>();
		List<String> names = new ArrayList<>();
		List<Integer> values = new ArrayList<>();
		forEachField(start, end, (field, in) -> {
			switch (field) {
				case 1 -> shape.add((int) in.readInt64());
				case 8 -> names.add(in.readString());
				case 9 -> range(in, (first, last) -> values.addAll(List.of(first, last - first)));
				default -> {
				}
			}
		});
		if (!values.isEmpty()) {
			this.weights.put(names.getFirst(), new Weight(shape, values.get(0), values.get(1)));
		}
	}

	private void forEachField(int start, int end, FieldReader reader) {
		CodedInputStream in = CodedInputStream.newInstance(this.file, start, end - start);
		try {
			for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
				int before = in.getTotalBytesRead();
				reader.read(WireFormat.getTagFieldNumber(tag), in);
				if (in.getTotalBytesRead() == before) {
					in.skipField(tag);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The shipped model is not an ONNX file", ex);
		}
	}

	private static void range(CodedInputStream in, RangeReader reader) {
	}

	float[] values(String name) {
		return weight(name).values(this.file);
	}

	Weight weight(String name) {
		return Objects.requireNonNull(this.weights.get(name), () -> "The shipped model has no weight " + name);
	}

	/**
	 * Takes one field's value from the stream, or leaves it.
	 */
	private interface FieldReader {

		void read(int field, CodedInputStream in) throws IOException;

	}

	/**
	 * Reads a part of the file.
	 */
	private interface RangeReader {

		void read(int start, int end) throws IOException;

	}

	/**
	 * Where a weight is in the file.
	 */
	record Weight(List<Integer> shape, int offset, int length) {

		float[] values(byte[] file) {
			float[] values = new float[this.length / Float.BYTES];
			ByteBuffer.wrap(file, this.offset, this.length)
				.order(ByteOrder.LITTLE_ENDIAN)
				.asFloatBuffer()
				.get(values);
			return values;
		}

	}

}
