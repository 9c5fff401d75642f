package io.reflectbatch.embedding.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A constant of a graph: its values, or where in another file they are.
 *
 * @param type what its values are
 * @param shape its dimensions; none for a single value
 * @param values the values in little-endian order, null if they are in a file
 * @param place where they are, null if they are here
 */
record Tensor(Type type, List<Integer> shape, byte @Nullable [] values, @Nullable Place place) {

	static Tensor of(float[] values, Integer... shape) {
		ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		return new Tensor(Type.FLOAT, List.of(shape), bytes.array(), null);
	}

	static Tensor of(float value) {
		return of(new float[] { value });
	}

	static Tensor indexes(long... values) {
		ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asLongBuffer().put(values);
		return new Tensor(Type.INT64, List.of(values.length), bytes.array(), null);
	}

	static Tensor unsigned(int value, Integer... shape) {
		return new Tensor(Type.UINT8, List.of(shape), new byte[] { (byte) value }, null);
	}

	static Tensor elsewhere(Type type, Place place, List<Integer> shape) {
		return new Tensor(type, shape, null, place);
	}

	/**
	 * Returns the {@code TensorProto}.
	 */
	Message message(String name) {
		Message message = new Message();
		this.shape.forEach((dimension) -> message.number(1, dimension));
		message.number(2, this.type.number).text(8, name);
		if (this.values != null) {
			message.bytes(9, this.values);
		}
		if (this.place != null) {
			message.message(13, entry("location", this.place.file()))
				.message(13, entry("offset", Long.toString(this.place.offset())))
				.message(13, entry("length", Long.toString(this.place.length())))
				.number(14, 1);
		}
		return message;
	}

	private static Message entry(String key, String value) {
		return new Message().text(1, key).text(2, value);
	}

	/**
	 * A range of bytes in a file beside the graph.
	 */
	record Place(String file, long offset, long length) {

	}

	/**
	 * The types of values, with their numbers in ONNX.
	 */
	enum Type {

		FLOAT(1), UINT8(2), INT8(3), INT64(7);

		private final int number;

		Type(int number) {
			this.number = number;
		}

		int number() {
			return this.number;
		}

	}

}
