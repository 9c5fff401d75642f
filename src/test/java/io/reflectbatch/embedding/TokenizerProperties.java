package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link Tokenizer} puts together of words is what the native tokenizer makes of the
 * whole text at once.
 */
class TokenizerProperties {

	private static final String[] FRAGMENTS = { "the ", "unbelievable", "Internationalization", " ", "\n", "\t", "\r\n",
			",", "(", ")", "[", "]", "\"", "_", "=", "~", "^", "`", "[SEP]", "[MASK]", "[CLS]", "[PAD]", "[UNK]",
			"[sep]", "[MASK", "SEP]", "##ing", "\u0301", "e\u0301", "(\u0301", "=\u0338", "\u2260", "\u20dd", "\u093e",
			"\u4e00", "\u9fff", "\u4dff", "\ua000", "\u6f22\u3099", "\u304c", "\ud55c\uad6d", "\u3002", "\uff0c",
			"\u300c", "\u2026", "\u2014", "\u00bf", "\u00a0", "\u3000", "\u2028", "\u0085", "\u001c", "\f", "\u000b",
			"\u0000", "\ufffd", "\ufeff", "\u00ad", "\u200b", "\u200d", "\u0130", "\u00df", "\u03a3\u03c2", "\ufb01",
			"\u00c5", "\ud83d\ude00", "\ud83d\udc4d\ud83c\udffd", "\ud840\udc00", "\ud83d", "\ude00", "\uf900",
			"x".repeat(64), "x".repeat(65), "y".repeat(101), "\u0436".repeat(1_100), "9".repeat(1_200) };

	private static final String DEFINITION = "all-minilm-l6-v2-tokenizer.json";

	@SuppressWarnings("NullAway.Init")
	private static Tokenizer tokenizer;

	@SuppressWarnings("NullAway.Init")
	private static HuggingFaceTokenizer whole;

	@BeforeContainer
	static void open() throws IOException {
		NativeLibraries.prepare(Path.of("target", "reflect-home"));
		tokenizer = Tokenizer.open(DEFINITION);
		try (InputStream definition = BundledFile.of(DEFINITION).open()) {
			whole = HuggingFaceTokenizer.newInstance(definition,
					Map.of("truncation", "do_not_truncate", "padding", "do_not_pad"));
		}
	}

	@AfterContainer
	static void close() {
		tokenizer.close();
		whole.close();
	}

	@Property(tries = 1_000)
	void tokensAreThoseOfTheWholeText(@ForAll("texts") String text) {
		Encoding expected = whole.encode(wellFormed(text), true, false);
		assertThat(tokenizer.ids(text, 1 << 16)).containsExactly(expected.getIds());
		assertThat(tokenizer.count(text)).isEqualTo(expected.getIds().length - 2);
		int count = expected.getIds().length;
		if (count > 3) {
			assertThat(tokenizer.ids(text, count - 1)).hasSize(count - 1)
				.startsWith(Arrays.copyOf(expected.getIds(), count - 2));
		}
	}

	@Property(tries = 1_000)
	void endsAreThoseOfTheWholeText(@ForAll("texts") String text) {
		String wellFormed = wellFormed(text);
		CharSpan[] spans = whole.encode(wellFormed, false, false).getCharTokenSpans();
		int[] expected = new int[spans.length];
		for (int i = 0; i < spans.length; i++) {
			expected[i] = wellFormed.offsetByCodePoints(0, spans[i].getEnd());
		}
		assertThat(tokenizer.tokenEnds(text)).containsExactly(expected);
	}

	private static String wellFormed(String text) {
		return text.replaceAll("[\\x{D800}-\\x{DFFF}]", "\uFFFD");
	}

	@Provide
	Arbitrary<String> texts() {
		Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(4);
		Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(12);
		Arbitrary<String> codePoints = Arbitraries.integers()
			.between(0, Character.MAX_CODE_POINT)
			.map(Character::toString);
		return Arbitraries.oneOf(List.of(Arbitraries.of(FRAGMENTS), Arbitraries.of(FRAGMENTS), ascii, any, codePoints))
			.list()
			.ofMinSize(0)
			.ofMaxSize(40)
			.map((fragments) -> String.join("", fragments));
	}

}
