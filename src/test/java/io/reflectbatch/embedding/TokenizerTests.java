package io.reflectbatch.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Tokenizer} and {@link TextSlice}.
 */
class TokenizerTests {

	private static final String[] FRAGMENTS = { "word", "Word's", " ", "\n", "\t", ", ", "(", "[SEP]", "[", "]", "é",
			"e\u0301", "\u0301", "漢字", "かな", "が", "한국어", "ﬁ", "😀", "👍🏽", "\uD83D", "\uDE00", "\u0000", "\u200B",
			"\u3000", "…", "0123456789", "x".repeat(99), "y".repeat(1_200), "ж".repeat(700), "한".repeat(1_100),
			"=".repeat(50), "ÀÖ" };

	@SuppressWarnings("NullAway.Init")
	private static Tokenizer tokenizer;

	@BeforeAll
	static void open() {
		NativeLibraries.prepare(Path.of("target", "reflect-home"));
		tokenizer = Tokenizer.open(ModelFiles.TOKENIZER);
	}

	@AfterAll
	static void close() {
		tokenizer.close();
	}

	@Test
	void agreesWithAnIndependentWordPiece() {
		assertThat(GoldenVector.all()).allSatisfy((golden) -> {
			assertThat(tokenizer.ids(golden.text(), golden.maximumTokens())).containsExactly(golden.ids());
			assertThat(tokenizer.count(golden.text())).isEqualTo(golden.tokens());
		});
	}

	@Test
	void countsTheTokensThatAreEmbedded() {
		String text = "count ".repeat(10_000);
		assertThat(tokenizer.count(text)).isEqualTo(10_000);
		assertThat(tokenizer.ids(text, 512)).hasSize(512);
		assertThat(tokenizer.ids("count count", 512)).hasSize(2 + tokenizer.count("count count"));
		assertThat(tokenizer.ids("", 128)).containsExactly(101, 102);
	}

	@Test
	void countsWhatIsEmbeddedAlsoWhereTokensGoAcrossWords(@TempDir Path directory) throws IOException {
		Path definition = Files.writeString(directory.resolve("tokenizer.json"), """
				{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
				 "pre_tokenizer": null, "post_processor": null, "decoder": null,
				 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
				  "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false,
				  "vocab": {"a": 0, "_": 1, "a_": 2, "a_a": 3}, "merges": ["a _", "a_ a"]}}
				""");
		Tokenizer other = Tokenizer.open(BundledFile.at(definition.toUri().toURL()));
		assertThat(other.ids("a_aa_a", 16)).containsExactly(3, 3);
		assertThat(other.tokenEnds("a_aa_a")).containsExactly(3, 6);
		assertThat(other.count("a_aa_a")).isEqualTo(2);
		other.close();
	}

	@Test
	void endsOfTokensAreIndexesOfChars() {
		assertThat(tokenizer.tokenEnds("a 😀 bc")).containsExactly(1, 4, 7);
		assertThat(tokenizer.tokenEnds("漢字かな")).containsExactly(1, 2, 3, 4);
		assertThat(tokenizer.tokenEnds("é e\u0301 x")).containsExactly(1, 3, 6);
		assertThat(tokenizer.tokenEnds("\uD83D x \uDE00y")).containsExactly(3, 6);
		assertThat(tokenizer.tokenEnds("a\u0000b [SEP]")).containsExactly(3, 9);
		assertThat(tokenizer.tokenEnds("")).isEmpty();
	}

	@Test
	void severalTokensOfOneCharacterEndTogether() {
		assertThat(tokenizer.tokenEnds("한국")).containsExactly(1, 1, 1, 2, 2, 2);
	}

	@Test
	void aLongWordIsOneTokenThatEndsWithIt() {
		assertThat(tokenizer.tokenEnds("a " + "x".repeat(100_000) + " b")).containsExactly(1, 100_002, 100_004);
		assertThat(tokenizer.ids("a " + "x".repeat(100_000) + " b", 128)).containsExactly(101, 1037, 100, 1038, 102);
	}

	@Test
	void endsAtTheLatestAfterLimitWhereThereIsNoBoundary() {
		String text = "😀".repeat(100_000);
		TextSlice slice = TextSlice.of(text, 0, 100);
		assertThat(slice.end()).isBetween(65_536, 65_700).isEven().isEqualTo(slice.next());
		assertThat(tokenizer.tokenEnds(text)).endsWith(200_000).hasSizeLessThan(10);
	}

	@Test
	void slicesHaveTheTokensOfTheWhole() throws IOException {
		Random random = new Random(17);
		try (InputStream definition = BundledFile.of(ModelFiles.TOKENIZER).open();
				HuggingFaceTokenizer whole = HuggingFaceTokenizer.newInstance(definition,
						Map.of("truncation", "true", "maxLength", "256", "padding", "false"))) {
			for (int i = 0; i < 200; i++) {
				String text = randomText(random);
				String wellFormed = text.replaceAll("[\\x{D800}-\\x{DFFF}]", "\uFFFD");
				assertThat(tokenizer.ids(text, 256)).containsExactly(whole.encode(wellFormed, true, false).getIds());
			}
		}
	}

	@Test
	void endsOfSlicesAreThoseOfTheWhole() {
		Random random = new Random(18);
		for (int i = 0; i < 20; i++) {
			StringBuilder text = new StringBuilder();
			while (text.length() < 60_000) {
				text.append(randomText(random));
			}
			int[] ends = tokenizer.tokenEnds(text.toString());
			assertThat(ends).isSorted();
			assertThat(tokenizer.count(text.toString())).isEqualTo(ends.length);
			assertThat(Arrays.stream(ends)).noneMatch((end) -> isInsidePair(text, end));
			assertThat(ends.length).isEqualTo(tokenizer.ids(text.toString(), 1 << 20).length - 2);
		}
	}

	private static boolean isInsidePair(CharSequence text, int index) {
		return index < text.length() && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
	}

	private static String randomText(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(400); i >= 0; i--) {
			text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
		}
		return text.toString();
	}

}
