package io.reflectbatch.embedding.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.google.protobuf.CodedOutputStream;

/**
 * A protobuf message under construction. An ONNX file is one; the dozen fields of it that
 * are needed here do not justify generated classes
 * (<a href= "https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>).
 */
final class Message {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CodedOutputStream out = CodedOutputStream.newInstance(this.bytes);

	Message number(int field, long value) {
		return write(() -> this.out.writeInt64(field, value));
	}

	Message real(int field, float value) {
		return write(() -> this.out.writeFloat(field, value));
	}

	Message text(int field, String value) {
		return bytes(field, value.getBytes(StandardCharsets.UTF_8));
	}

	Message message(int field, Message value) {
		return bytes(field, value.toByteArray());
	}

	Message bytes(int field, byte[] value) {
		return write(() -> this.out.writeByteArray(field, value));
	}

	byte[] toByteArray() {
		write(this.out::flush);
		return this.bytes.toByteArray();
	}

	private Message write(Writing writing) {
		try {
			writing.run();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Something that goes to memory, and so does not fail.
	 */
	private interface Writing {

		void run() throws IOException;

	}

}
