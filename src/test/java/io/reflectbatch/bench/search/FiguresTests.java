package io.reflectbatch.bench.search;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FiguresTests {

	@Test
	void countsTheAnswersWithinTheFirstOneFiveAndTen() {
		Figures figures = Figures.of(new int[] { 1, 5, 6, 10, 0 });
		assertThat(figures.questions()).isEqualTo(5);
		assertThat(figures.recall1()).isEqualTo(0.2);
		assertThat(figures.recall5()).isEqualTo(0.4);
		assertThat(figures.recall10()).isEqualTo(0.8);
	}

	@Test
	void averagesTheReciprocalRanks() {
		assertThat(Figures.of(new int[] { 1, 2, 4, 0 }).mrr10()).isCloseTo((1 + 0.5 + 0.25) / 4, within(1e-12));
	}

	@Test
	void givesNothingForWhatIsBeyondTen() {
		assertThat(Figures.of(new int[] { 11 })).isEqualTo(new Figures(1, 0, 0, 0, 0));
		assertThat(Figures.reciprocal(0)).isZero();
		assertThat(Figures.reciprocal(10)).isEqualTo(0.1);
	}

	@Test
	void knowsNothingWithoutQuestions() {
		assertThat(Figures.of(new int[0]).mrr10()).isNaN();
	}

}
