package io.reflectbatch.embedding.graph;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Int8}.
 */
class Int8Tests {

	private static final float[] WEIGHTS = { 1, -254, 0.5f, 127 };

	@Test
	void scalesEachRowByItsGreatestWeight() {
		Int8 quantized = Int8.byRow(WEIGHTS, 2);
		assertThat(quantized.scales()).containsExactly(2, 1);
		assertThat(quantized.values()).containsExactly(0, -127, 0, 127);
	}

	@Test
	void scalesEachColumnByItsGreatestWeight() {
		Int8 quantized = Int8.byColumn(WEIGHTS, 2);
		assertThat(quantized.scales()).containsExactly(1 / 127f, 2);
		assertThat(quantized.values()).containsExactly(127, -127, 64, 64);
	}

	@Test
	void zerosStayZero() {
		assertThat(Int8.byRow(new float[4], 2).values()).containsOnly(0);
	}

}
