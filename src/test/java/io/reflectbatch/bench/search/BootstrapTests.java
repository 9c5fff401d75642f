package io.reflectbatch.bench.search;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class BootstrapTests {

	@Test
	void isAPointWhereAllAreTheSame() {
		assertThat(new Bootstrap(List.of("a", "b", "c")).mean(new double[] { 1, 1, 1 }))
			.isEqualTo(new Bootstrap.Interval(1, 1));
	}

	@Test
	void isAsWideAsTheTheoryOfIndependentQuestionsSays() {
		double[] values = new Random(1).ints(400, 0, 2).asDoubleStream().toArray();
		List<String> each = IntStream.range(0, 400).mapToObj(String::valueOf).toList();
		Bootstrap.Interval interval = new Bootstrap(each).mean(values);
		double theory = 2 * 1.96 * Math.sqrt(0.25 / 400);
		assertThat(interval.high() - interval.low()).isCloseTo(theory, within(0.015));
	}

	@Test
	void isWiderWhereQuestionsAboutOneConversationAreAlike() {
		double[] values = IntStream.range(0, 400).mapToDouble((i) -> (i / 40) % 2).toArray();
		List<String> each = IntStream.range(0, 400).mapToObj(String::valueOf).toList();
		List<String> ten = IntStream.range(0, 400).mapToObj((i) -> String.valueOf(i / 40)).toList();
		Bootstrap.Interval alone = new Bootstrap(each).mean(values);
		Bootstrap.Interval together = new Bootstrap(ten).mean(values);
		assertThat(together.high() - together.low()).isGreaterThan(3 * (alone.high() - alone.low()));
	}

	@Test
	void isTheSameEveryTime() {
		double[] values = new Random(2).doubles(50).toArray();
		List<String> conversations = IntStream.range(0, 50).mapToObj((i) -> String.valueOf(i % 7)).toList();
		assertThat(new Bootstrap(conversations).mean(values)).isEqualTo(new Bootstrap(conversations).mean(values));
	}

	@Test
	void tellsADifferenceFromChance() {
		assertThat(new Bootstrap.Interval(0.01, 0.2).excludesZero()).isTrue();
		assertThat(new Bootstrap.Interval(-0.2, -0.01).excludesZero()).isTrue();
		assertThat(new Bootstrap.Interval(-0.01, 0.2).excludesZero()).isFalse();
		assertThat(new Bootstrap.Interval(0, 0.2).excludesZero()).isFalse();
	}

	@Test
	void refusesAnotherNumberOfValues() {
		Bootstrap bootstrap = new Bootstrap(Collections.nCopies(3, "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> bootstrap.mean(new double[2]))
			.withMessage("There are 2 values for 3 questions");
	}

}
