package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text with its tokens and vector, computed by golden-vectors.py in numpy, without ONNX
 * Runtime and without the Hugging Face tokenizer.
 */
record GoldenVector(String text, int maximumTokens, int tokens, long[] ids, float[] vector) {

	static List<GoldenVector> all() {
		try (InputStream json = Objects.requireNonNull(GoldenVector.class.getResourceAsStream("golden-vectors.json"))) {
			return JsonMapper.builder().build().readValue(json, new TypeReference<>() {
			});
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read golden-vectors.json", ex);
		}
	}

	double cosine(float[] other) {
		double product = 0;
		double squares = 0;
		double otherSquares = 0;
		for (int i = 0; i < other.length; i++) {
			product += this.vector[i] * (double) other[i];
			squares += this.vector[i] * (double) this.vector[i];
			otherSquares += other[i] * (double) other[i];
		}
		return product / Math.sqrt(squares * otherSquares);
	}

	@Override
	public String toString() {
		return "%d tokens at most: %s".formatted(this.maximumTokens,
				this.text.substring(0, Math.min(40, this.text.length())));
	}

}
