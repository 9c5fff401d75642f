package io.reflectbatch.embedding.graph;

import java.util.Random;

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
	void scalesEachColumnByItself() {
		Int8 quantized = Int8.byColumn(new float[] { 127, -1.5f, -126, 1.5f, 1, 0 }, 2);
		assertThat(quantized.scales()[0]).isEqualTo(1);
		assertThat(quantized.values()[1]).isEqualTo((byte) -quantized.values()[3]);
		assertThat(quantized.values()[1] * quantized.scales()[1]).isEqualTo(-1.5f);
	}

	@Test
	void usesTheWholeRangeWhereTwoGreatWeightsDoNotMeet() {
		float[] weights = { 127, -126, 0, 3, -127, 1 };
		Int8 quantized = Int8.byColumn(weights, 1);
		assertThat(quantized.scales()).containsExactly(1);
		assertThat(quantized.values()).containsExactly(127, -126, 0, 3, -127, 1);
	}

	@Test
	void usesHalfOfTheRangeWhereTheyMeetEverywhere() {
		float[] weights = { 2, 2, -2, -2, 2, 2 };
		Int8 quantized = Int8.byColumn(weights, 1);
		assertThat(quantized.scales()).containsExactly(2 / 64f);
		assertThat(quantized.values()).containsExactly(64, 64, -64, -64, 64, 64);
	}

	@Test
	void lowersAPairThatIsTooGreat() {
		float[] weights = new float[100];
		for (int i = 2; i < weights.length; i++) {
			weights[i] = i * 37 % 101 - 50;
		}
		weights[0] = 127;
		weights[1] = 3;
		Int8 quantized = Int8.byColumn(weights, 1);
		assertThat(quantized.scales()).containsExactly(1);
		assertThat(quantized.values()).startsWith(126, 2);
	}

	@Test
	void productsOfTwoRowsFitIn16Bits() {
		int columns = 50;
		int rows = 101;
		Random random = new Random(1);
		float[] weights = new float[rows * columns];
		for (int i = 0; i < weights.length; i++) {
			weights[i] = (float) random.nextGaussian() * (1 + i % columns);
		}
		Int8 quantized = Int8.byColumn(weights, columns);
		int greatest = 0;
		for (int row = 0; row + 1 < rows; row += 2) {
			for (int column = 0; column < columns; column++) {
				int sum = quantized.values()[row * columns + column] + quantized.values()[(row + 1) * columns + column];
				greatest = Math.max(greatest, Math.abs(sum));
				assertThat(255 * sum).isBetween((int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
			}
		}
		assertThat(greatest).isEqualTo(128);
	}

	@Test
	void zerosStayZero() {
		assertThat(Int8.byRow(new float[4], 2).values()).containsOnly(0);
	}

}
