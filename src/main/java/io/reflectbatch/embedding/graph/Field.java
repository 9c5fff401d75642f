package io.reflectbatch.embedding.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

/**
 * A field of a protobuf message in a file.
 *
 * @param number its number
 * @param value its value, if it is a number
 * @param start where its bytes begin, if it has a length: a text or a message
 * @param end where they end
 */
record Field(int number, long value, int start, int end) {

	/**
	 * Reads the fields of a message.
	 * @param file the whole file
	 * @param start where the message begins
	 * @param end where it ends
	 */
	static List<Field> read(byte[] file, int start, int end) {
		CodedInputStream in = CodedInputStream.newInstance(file, start, end - start);
		List<Field> fields = new ArrayList<>();
		try {
			for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
				fields.add(read(tag, in, start));
			}
			return fields;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected a protobuf message in bytes %d to %d".formatted(start, end), ex);
		}
	}

	private static Field read(int tag, CodedInputStream in, int start) throws IOException {
		int number = WireFormat.getTagFieldNumber(tag);
		return switch (WireFormat.getTagWireType(tag)) {
			case WireFormat.WIRETYPE_VARINT -> new Field(number, in.readRawVarint64(), 0, 0);
			case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
				int length = in.readRawVarint32();
				int first = start + in.getTotalBytesRead();
				in.skipRawBytes(length);
				yield new Field(number, 0, first, first + length);
			}
			default -> {
				in.skipField(tag);
				yield new Field(number, 0, 0, 0);
			}
		};
	}

	List<Field> fields(byte[] file) {
		return read(file, this.start, this.end);
	}

	String text(byte[] file) {
		return new String(file, this.start, this.end - this.start, StandardCharsets.UTF_8);
	}

	int length() {
		return this.end - this.start;
	}

}
