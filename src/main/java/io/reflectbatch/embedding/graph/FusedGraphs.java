package io.reflectbatch.embedding.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes the graphs that the jar carries; the build runs it when the classes are
 * compiled.
 */
public final class FusedGraphs {

	private static final String SHIPPED = "/all-minilm-l6-v2.onnx";

	private FusedGraphs() {
	}

	/**
	 * Writes the graphs.
	 * @param arguments the directory to write to
	 */
	public static void main(String[] arguments) throws IOException {
		Path directory = Path.of(arguments[0]);
		ShippedModel model;
		try (InputStream in = Objects.requireNonNull(FusedGraphs.class.getResourceAsStream(SHIPPED))) {
			model = new ShippedModel(in.readAllBytes());
		}
		Files.write(directory.resolve("fp32.onnx"), FusedGraph.build(model, "all-minilm-l6-v2.onnx", Arithmetic.FP32));
		Files.write(directory.resolve("text.onnx"),
				FusedGraph.build(model, "all-minilm-l6-v2.onnx", Arithmetic.all(Arithmetic.Kind.TEXT_SCALED)));
		Files.write(directory.resolve("token.onnx"),
				FusedGraph.build(model, "all-minilm-l6-v2.onnx", Arithmetic.all(Arithmetic.Kind.TOKEN_SCALED)));
	}

}
