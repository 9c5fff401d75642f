package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The files of all-MiniLM-L6-v2 on the class path, and their copies on disk, since ONNX
 * Runtime wants paths: it would keep another copy of bytes.
 */
final class ModelFiles {

	/**
	 * The Hugging Face definition of the tokenizer.
	 */
	static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";

	/**
	 * The graph of the Maven artifact, in 32 bits.
	 */
	static final String SHIPPED_GRAPH = "all-minilm-l6-v2.onnx";

	static final String SHIPPED_SHA256 = "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e";

	private final Path directory;

	/**
	 * Creates the files.
	 * @param directory where copies are put
	 */
	ModelFiles(Path directory) {
		this.directory = directory;
	}

	/**
	 * The graph that the build has made for a precision. Its name holds the checksum, so
	 * that a new one never takes the place of another one a running process uses.
	 */
	Path fusedGraph(Precision precision) {
		if (precision == Precision.FP32) {
			// Its weights stay in that file, which it finds beside itself.
			shippedGraph();
		}
		BundledFile graph = BundledFile.of(fusedGraphResource(precision));
		return graph.unpackTo(this.directory, "all-minilm-l6-v2-%s-%s.onnx".formatted(name(precision), graph.crc()));
	}

	/**
	 * The graph of the Maven artifact. The build writes its unpacked name into the 32-bit
	 * graph.
	 */
	Path shippedGraph() {
		return BundledFile.of(SHIPPED_GRAPH)
			.unpackTo(this.directory, "all-minilm-l6-v2-%s.onnx".formatted(SHIPPED_SHA256.substring(0, 12)));
	}

	private static String fusedGraphResource(Precision precision) {
		return "io/reflectbatch/embedding/%s.onnx".formatted(name(precision));
	}

	private static String name(Precision precision) {
		return precision.name().toLowerCase(Locale.ROOT);
	}

}
