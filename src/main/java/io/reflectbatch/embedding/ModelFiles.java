package io.reflectbatch.embedding;

import java.nio.file.Path;

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

	private static final String FUSED = "io/reflectbatch/embedding/";

	private final Path directory;

	/**
	 * Creates the files.
	 * @param directory where copies are put
	 */
	ModelFiles(Path directory) {
		this.directory = directory;
	}

	/**
	 * The graph that the build has made for a precision. Beside it are its weights, where
	 * it finds them. Names hold checksums, so that a new one never takes the place of
	 * another one a running process uses.
	 */
	Path fusedGraph(Precision precision) {
		return switch (precision) {
			case INT8 -> int8Graph();
			case FP32 -> fp32Graph();
		};
	}

	private Path int8Graph() {
		BundledFile graph = BundledFile.of(FUSED + "int8.onnx");
		BundledFile weights = BundledFile.of(FUSED + "int8.weights");
		Path folder = this.directory.resolve("all-minilm-l6-v2-int8-%s-%s".formatted(graph.crc(), weights.crc()));
		weights.unpackTo(folder, "int8.weights");
		return graph.unpackTo(folder, "int8.onnx");
	}

	private Path fp32Graph() {
		shippedGraph();
		BundledFile graph = BundledFile.of(FUSED + "fp32.onnx");
		return graph.unpackTo(this.directory, "all-minilm-l6-v2-fp32-%s.onnx".formatted(graph.crc()));
	}

	/**
	 * The graph of the Maven artifact. The build writes its unpacked name into the 32-bit
	 * graph.
	 */
	Path shippedGraph() {
		return BundledFile.of(SHIPPED_GRAPH)
			.unpackTo(this.directory, "all-minilm-l6-v2-%s.onnx".formatted(SHIPPED_SHA256.substring(0, 12)));
	}

}
