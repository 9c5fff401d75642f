package io.reflectbatch.conversation;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RealTokenCounterTests {

	@Test
	void countsCodeUnitsWhereTheTokenizerCountsCodePoints() {
		assertThat(RealTokenCounter.INSTANCE.tokenEnds("😀😀 hello, wörld")).containsExactly(4, 10, 11, 17);
	}

	@Test
	void doesNotTruncate() {
		assertThat(RealTokenCounter.INSTANCE.count("hello world ".repeat(5_000))).isEqualTo(10_000);
	}

	@Test
	void endsTheTokensOfAKoreanSyllableAtTheSamePlace() {
		assertThat(RealTokenCounter.INSTANCE.tokenEnds("한국")).containsExactly(1, 1, 1, 2, 2, 2);
	}

}
