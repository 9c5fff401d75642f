package io.reflectbatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Tries a statement on examples made up anew in each run. A failure names the seed of its
 * example; {@code -Dexamples.seed=…} tries that example alone.
 */
public final class Examples {

	private static final String SEED = "examples.seed";

	private Examples() {
	}

	/**
	 * Fails if the statement does not hold for one of the examples.
	 * @param tries the number of examples
	 * @param statement makes up its example by the numbers it is given, and asserts
	 */
	public static void check(int tries, ThrowingConsumer<Random> statement) {
		Long seed = Long.getLong(SEED);
		if (seed != null) {
			check(seed, statement);
			return;
		}
		new Random().longs(tries).forEach((each) -> check(each, statement));
	}

	private static void check(long seed, ThrowingConsumer<Random> statement) {
		try {
			statement.accept(new Random(seed));
		}
		catch (Throwable ex) {
			throw new AssertionError("The example of -D%s=%d: %s".formatted(SEED, seed, ex.getMessage()), ex);
		}
	}

	/**
	 * Draws one of several values, each as likely as the others.
	 */
	@SafeVarargs
	public static <T> T oneOf(Random random, T... values) {
		return values[random.nextInt(values.length)];
	}

	/**
	 * Draws a list: half of the lists are short, so that all lengths down to the least
	 * are tried, however long the longest may be.
	 */
	public static <T> List<T> list(Random random, int minimum, int maximum, Function<Random, T> element) {
		int longest = random.nextBoolean() ? maximum : Math.min(maximum, minimum + 4);
		int size = random.nextInt(minimum, longest + 1);
		List<T> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(element.apply(random));
		}
		return list;
	}

}
