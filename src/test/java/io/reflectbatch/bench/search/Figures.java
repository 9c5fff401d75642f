package io.reflectbatch.bench.search;

import java.util.Arrays;

/**
 * How well some questions were answered. A question has one answer; its rank is the place
 * of the first passage that holds it, from 1, or 0 if none of the first ten does.
 *
 * @param questions the number of questions
 * @param recall1 the share of questions whose answer was the first passage
 * @param recall5 the share whose answer was among the first five
 * @param recall10 the share whose answer was among the first ten
 * @param mrr10 the mean of {@code 1 / rank}, with 0 for what is not among the first ten
 * @see <a href=
 * "https://aclanthology.org/www.lrec-conf.org/proceedings/lrec2000/pdf/185.pdf"> Voorhees
 * and Tice, The TREC-8 Question Answering Track Evaluation</a>
 */
record Figures(int questions, double recall1, double recall5, double recall10, double mrr10) {

	/** So many passages are looked at. */
	static final int DEPTH = 10;

	private static final int FEW = 5;

	/**
	 * Computes the figures.
	 * @param ranks the rank of each answer; 0 for none
	 */
	static Figures of(int[] ranks) {
		return new Figures(ranks.length, recall(ranks, 1), recall(ranks, FEW), recall(ranks, DEPTH),
				Arrays.stream(ranks).mapToDouble(Figures::reciprocal).average().orElse(Double.NaN));
	}

	private static double recall(int[] ranks, int depth) {
		return Arrays.stream(ranks)
			.mapToDouble((rank) -> (rank > 0 && rank <= depth) ? 1 : 0)
			.average()
			.orElse(Double.NaN);
	}

	/**
	 * What an answer contributes to the mean reciprocal rank.
	 * @param rank its rank; 0 for none
	 */
	static double reciprocal(int rank) {
		return (rank > 0 && rank <= DEPTH) ? 1.0 / rank : 0;
	}

}
