package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Embedder}.
 */
class EmbedderTests {

	private static final Path HOME = Path.of("target", "reflect-home");

	private static final List<GoldenVector> GOLDEN = GoldenVector.all();

	@SuppressWarnings("NullAway.Init")
	private static Embedder fp32;

	@SuppressWarnings("NullAway.Init")
	private static Embedder int8;

	@BeforeAll
	static void open() {
		fp32 = Embedder.open(Precision.FP32, 128, HOME);
		int8 = Embedder.open(Precision.INT8, 128, HOME);
	}

	@AfterAll
	static void close() {
		fp32.close();
		int8.close();
	}

	@Test
	void givesTheValuesSentenceTransformersPublishes() {
		float[] vector = fp32.embed("This is an example sentence").vector();
		assertThat(vector).hasSize(384);
		assertThat(vector[0]).isCloseTo(0.0676569f, within(1e-6f));
		assertThat(vector[1]).isCloseTo(0.0634959f, within(1e-6f));
		assertThat(vector[2]).isCloseTo(0.0487131f, within(1e-6f));
	}

	@Test
	void agreesWithAnIndependentComputation() {
		try (Embedder longer = Embedder.open(Precision.FP32, 256, HOME)) {
			assertThat(GOLDEN).allSatisfy((golden) -> {
				Embedder embedder = (golden.maximumTokens() == 256) ? longer : fp32;
				assertThat(golden.cosine(embedder.embed(golden.text()).vector())).isGreaterThan(0.999_999);
			});
		}
	}

	@Test
	void int8IsCloseToFp32() {
		List<GoldenVector> golden = GOLDEN.stream().filter((vector) -> vector.maximumTokens() == 128).toList();
		double sum = 0;
		for (GoldenVector vector : golden) {
			sum += vector.cosine(int8.embed(vector.text()).vector());
		}
		assertThat(sum / golden.size()).isGreaterThan(0.995);
	}

	@ParameterizedTest
	@EnumSource
	void givesVectorsOfLengthOne(Precision precision) {
		assertThat(GOLDEN).allSatisfy((golden) -> {
			double squares = 0;
			for (float value : embedder(precision).embed(golden.text()).vector()) {
				squares += value * (double) value;
			}
			assertThat(Math.sqrt(squares)).isCloseTo(1, within(1e-6));
		});
	}

	@ParameterizedTest
	@EnumSource
	void givesTheSameBitsWhateverOtherThreadsDo(Precision precision) throws Exception {
		Embedder embedder = embedder(precision);
		List<float[]> alone = GOLDEN.stream().map((golden) -> embedder.embed(golden.text()).vector()).toList();
		try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
			List<Callable<List<float[]>>> runs = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				runs.add(() -> GOLDEN.stream().map((golden) -> embedder.embed(golden.text()).vector()).toList());
			}
			for (Future<List<float[]>> run : threads.invokeAll(runs)) {
				assertThat(run.get()).usingRecursiveComparison().isEqualTo(alone);
			}
		}
	}

	@Test
	void ignoresWhatIsBeyondTheLimitOfTokens() {
		String first = "token ".repeat(126);
		assertThat(fp32.tokenCounter().count(first)).isEqualTo(126);
		assertThat(fp32.embed(first + "something else").vector()).containsExactly(fp32.embed(first).vector());
		String shorter = "token ".repeat(125);
		assertThat(fp32.embed(shorter + "else").vector()).isNotEqualTo(fp32.embed(shorter + "token").vector());
	}

	@Test
	void countsWhatIsBeyondTheLimitOfTokens() {
		assertThat(fp32.embed("token ".repeat(125))).extracting(Embedding::tokens, Embedding::textTokens)
			.containsExactly(125, 125);
		assertThat(fp32.embed("token ".repeat(126))).extracting(Embedding::tokens, Embedding::textTokens)
			.containsExactly(126, 126);
		assertThat(fp32.embed("token ".repeat(127) + "x".repeat(1_000)))
			.extracting(Embedding::tokens, Embedding::textTokens)
			.containsExactly(126, 128);
	}

	@Test
	@Timeout(10)
	void takesNoTimeForTextThatCannotMatter() {
		String first = "Nothing but the beginning matters. ".repeat(40);
		Embedding embedding = int8.embed(first.repeat(3_000));
		assertThat(embedding.vector()).containsExactly(int8.embed(first).vector());
		assertThat(embedding.textTokens()).isEqualTo(6 * 40 * 3_000);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\uD83D", "\uDE00 x \uD83D", "\u0000", "\u0001\u0002\u007F", "\uFFFF", "[SEP] [CLS] [PAD]" })
	void takesAnyText(String text) {
		assertThat(int8.embed(text).vector()).hasSize(384).doesNotContain(Float.NaN);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 2, 513 })
	void refusesLimitsTheModelDoesNotHave(int maximumTokens) {
		assertThatIllegalArgumentException().isThrownBy(() -> Embedder.open(Precision.INT8, maximumTokens, HOME))
			.withMessageContaining("is " + maximumTokens)
			.withMessageContaining("3 to 512");
	}

	private static Embedder embedder(Precision precision) {
		return (precision == Precision.FP32) ? fp32 : int8;
	}

}
