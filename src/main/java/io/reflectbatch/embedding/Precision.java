package io.reflectbatch.embedding;

/**
 * The arithmetic of all-MiniLM-L6-v2: how exact its vectors are, and how fast.
 */
public enum Precision {

	/**
	 * 32-bit floating point: the reference's vectors.
	 */
	FP32("all-minilm-l6-v2", "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e"),

	/**
	 * 8-bit integers: about 1.8 times as fast in two thirds of the memory; the cosine of
	 * its vectors with those of {@link #FP32} is 0.99 on average.
	 */
	INT8("all-minilm-l6-v2-q", "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");

	private final String model;

	private final String sha256;

	Precision(String model, String sha256) {
		this.model = model;
		this.sha256 = sha256;
	}

	/**
	 * The ONNX graph on the class path.
	 */
	String graphResource() {
		return this.model + ".onnx";
	}

	/**
	 * The Hugging Face tokenizer definition on the class path.
	 */
	String tokenizerResource() {
		return this.model + "-tokenizer.json";
	}

	/**
	 * The name of the unpacked graph; it holds the beginning of the hash, so that a new
	 * model never takes the place of another one a running process uses.
	 */
	String graphFileName() {
		return "%s-%s.onnx".formatted(this.model, this.sha256.substring(0, 12));
	}

	/**
	 * The SHA-256 of the graph, in hexadecimal.
	 */
	String graphSha256() {
		return this.sha256;
	}

}
