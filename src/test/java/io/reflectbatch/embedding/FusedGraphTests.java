package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.reflectbatch.conversation.SyntheticText;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the graphs that the build makes with the published 32-bit one, on 1,000 texts.
 * One in 30 fills the 256 tokens that an import takes; the others are short, because all
 * of this is computed at every build.
 */
class FusedGraphTests {

	private static final int TEXTS = 1_000;

	private static final int TOKENS = 256;

	private static final int SHORT = 80;

	private static final ModelFiles FILES = new ModelFiles(Path.of("target", "reflect-home", "model"));

	@SuppressWarnings("NullAway.Init")
	private static Tokenizer tokenizer;

	@SuppressWarnings("NullAway.Init")
	private static List<long[]> texts;

	@SuppressWarnings("NullAway.Init")
	private static List<float[]> published;

	@BeforeAll
	static void embedWithThePublishedGraph() {
		NativeLibraries.prepare(Path.of("target", "reflect-home"));
		tokenizer = Tokenizer.open(ModelFiles.TOKENIZER);
		texts = texts();
		published = embed(FILES.shippedGraph());
	}

	@AfterAll
	static void close() {
		tokenizer.close();
	}

	@Test
	void textsAreOfAllLengths() {
		assertThat(texts).hasSize(TEXTS);
		assertThat(texts.stream().filter((ids) -> ids.length == TOKENS).count()).isGreaterThan(20);
		assertThat(texts.stream().filter((ids) -> ids.length < 10).count()).isGreaterThan(20);
	}

	@Test
	void fp32GivesTheVectorsOfThePublishedGraph() {
		assertThat(cosines(Precision.FP32).getMin()).isGreaterThan(0.999_99);
	}

	@Test
	void int8IsCloseToThePublishedGraph() {
		DoubleSummaryStatistics cosines = cosines(Precision.INT8);
		assertThat(cosines.getAverage()).isGreaterThan(0.997);
		assertThat(cosines.getMin()).isGreaterThan(0.987);
	}

	private static List<long[]> texts() {
		SyntheticText synthetic = new SyntheticText(new Random(11));
		return IntStream.range(0, TEXTS).mapToObj((i) -> {
			String text = synthetic.message();
			return (i % 30 == 0) ? text.repeat(40) : text.substring(0, Math.min(text.length(), SHORT));
		}).map((text) -> tokenizer.ids(text, TOKENS)).toList();
	}

	private static List<float[]> embed(Path graph) {
		try (Transformer transformer = Transformer.open(graph, Pooling.MEAN, TOKENS)) {
			return texts.parallelStream().map(transformer::run).toList();
		}
	}

	private static DoubleSummaryStatistics cosines(Precision precision) {
		List<float[]> vectors = embed(FILES.fusedGraph(precision));
		return IntStream.range(0, TEXTS)
			.mapToDouble((i) -> cosine(published.get(i), vectors.get(i)))
			.summaryStatistics();
	}

	/**
	 * Both are of length one.
	 */
	private static double cosine(float[] one, float[] other) {
		return IntStream.range(0, one.length).mapToDouble((i) -> one[i] * (double) other[i]).sum();
	}

}
