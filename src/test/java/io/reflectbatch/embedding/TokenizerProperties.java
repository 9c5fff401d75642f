package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.reflectbatch.Examples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

	@BeforeAll
	static void open() throws IOException {
		NativeLibraries.prepare(Path.of("target", "reflect-home"));
		tokenizer = Tokenizer.open(DEFINITION);
		try (InputStream definition = BundledFile.of(DEFINITION).open()) {
			whole = HuggingFaceTokenizer.newInstance(definition,
					Map.of("truncation", "do_not_truncate", "padding", "do_not_pad"));
		}
	}

	@AfterAll
	static void close() {
		tokenizer.close();
		whole.close();
	}

	@Test
	void tokensAreThoseOfTheWholeText() {
		Examples.check(1_000, (random) -> assertTokensAreThoseOfTheWholeText(text(random)));
	}

	private static void assertTokensAreThoseOfTheWholeText(String text) {
		Encoding expected = whole.encode(wellFormed(text), true, false);
		assertThat(tokenizer.ids(text, 1 << 16)).containsExactly(expected.getIds());
		assertThat(tokenizer.count(text)).isEqualTo(expected.getIds().length - 2);
		int count = expected.getIds().length;
		if (count > 3) {
			assertThat(tokenizer.ids(text, count - 1)).hasSize(count - 1)
				.startsWith(Arrays.copyOf(expected.getIds(), count - 2));
		}
	}

	@Test
	void endsAreThoseOfTheWholeText() {
		Examples.check(1_000, (random) -> assertEndsAreThoseOfTheWholeText(text(random)));
	}

	private static void assertEndsAreThoseOfTheWholeText(String text) {
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

	private static String text(Random random) {
		return String.join("", Examples.list(random, 0, 40, TokenizerProperties::fragment));
	}

	private static String fragment(Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> characters(random, 12, 0x80);
			case 1 -> characters(random, 4, 1 << Character.SIZE);
			case 2 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
			default -> Examples.oneOf(random, FRAGMENTS);
		};
	}

	/**
	 * Draws characters below a bound, single surrogates among them.
	 */
	private static String characters(Random random, int maximum, int bound) {
		StringBuilder text = new StringBuilder();
		random.ints(random.nextLong(1, maximum + 1), 0, bound).forEach((character) -> text.append((char) character));
		return text.toString();
	}

}
