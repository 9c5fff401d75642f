package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of which there may be millions.
 *
 * @param count how many there are
 * @param first the first of them, a hundred at most
 */
public record Sample(long count, List<Long> first) {

	private static final int LIMIT = 100;

	public Sample {
		first = List.copyOf(first);
	}

	/**
	 * Collects a sample.
	 */
	static final class Builder {

		private long count;

		private final List<Long> first = new ArrayList<>();

		void add(long number) {
			this.count++;
			if (this.first.size() < LIMIT) {
				this.first.add(number);
			}
		}

		boolean isEmpty() {
			return this.count == 0;
		}

		Sample build() {
			return new Sample(this.count, this.first);
		}

	}

}
