package io.reflectbatch.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

/**
 * The tokenizer of all-MiniLM-L6-v2, without the truncation and padding its file asks
 * for.
 */
final class RealTokenCounter implements TokenCounter {

	static final TokenCounter INSTANCE = new RealTokenCounter();

	private final HuggingFaceTokenizer tokenizer = load();

	private static HuggingFaceTokenizer load() {
		System.setProperty("ai.djl.offline", "true");
		try (InputStream json = RealTokenCounter.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
			return HuggingFaceTokenizer.newInstance(Objects.requireNonNull(json),
					Map.of("truncation", "false", "padding", "false"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public int[] tokenEnds(String text) {
		CharSpan[] spans = this.tokenizer.encode(text, false, false).getCharTokenSpans();
		int[] ends = new int[spans.length];
		int codePoints = 0;
		int end = 0;
		for (int i = 0; i < spans.length; i++) {
			end = text.offsetByCodePoints(end, spans[i].getEnd() - codePoints);
			codePoints = spans[i].getEnd();
			ends[i] = end;
		}
		return ends;
	}

}
