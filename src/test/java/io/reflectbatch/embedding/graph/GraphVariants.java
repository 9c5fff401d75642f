package io.reflectbatch.embedding.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.reflectbatch.embedding.graph.Arithmetic.Gelu;
import io.reflectbatch.embedding.graph.Arithmetic.Kind;

/**
 * Graphs that were considered: the arithmetic of the products decides how fast and how
 * exact a graph is.
 */
public final class GraphVariants {

	private static final Map<String, Arithmetic> VARIANTS = new LinkedHashMap<>();

	static {
		VARIANTS.put("fp32, fused", Arithmetic.FP32);
		VARIANTS.put("int8, fused, scaled by text", Arithmetic.all(Kind.TEXT_SCALED, Gelu.TANH));
		VARIANTS.put("int8, fused, second feed-forward matrix by token", FusedGraphs.INT8);
		VARIANTS.put("int8, fused, second feed-forward matrix by token, GELU by erf",
				new Arithmetic(Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.TOKEN_SCALED, Gelu.ERF));
		VARIANTS.put("int8, fused, feed-forward by token",
				new Arithmetic(Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.TOKEN_SCALED, Kind.TOKEN_SCALED, Gelu.TANH));
		VARIANTS.put("int8, fused, feed-forward by token, GELU by erf",
				new Arithmetic(Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.TOKEN_SCALED, Kind.TOKEN_SCALED, Gelu.ERF));
		VARIANTS.put("int8, fused, all by token", Arithmetic.all(Kind.TOKEN_SCALED, Gelu.TANH));
		VARIANTS.put("int8, fused, second feed-forward matrix in fp32",
				new Arithmetic(Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.TEXT_SCALED, Kind.FP32, Gelu.TANH));
	}

	private GraphVariants() {
	}

	/**
	 * Writes the graphs.
	 * @param directory where they go; the shipped graph comes beside them
	 * @return the files by what they are
	 */
	public static Map<String, Path> write(Path directory) throws IOException {
		byte[] shipped = FusedGraphs.shipped();
		ShippedModel model = new ShippedModel(shipped);
		Files.createDirectories(directory);
		Files.write(directory.resolve(FusedGraphs.unpackedName(shipped)), shipped);
		Map<String, Path> files = new LinkedHashMap<>();
		for (Map.Entry<String, Arithmetic> variant : VARIANTS.entrySet()) {
			Path file = directory.resolve(variant.getKey().replaceAll("\\W+", "-") + ".onnx");
			FusedGraphs.write(model, FusedGraphs.unpackedName(shipped), variant.getValue(), file);
			files.put(variant.getKey(), file);
		}
		return files;
	}

}
