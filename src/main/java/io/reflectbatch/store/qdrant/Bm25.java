package io.reflectbatch.store.qdrant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.reflectbatch.store.WordScanner;

/**
 * Scores texts by the words of a question.
 *
 * @param weights each word and how much it says (its inverse document frequency)
 * @param averageLength the average number of words in a text
 * @see <a href="https://dl.acm.org/doi/10.1561/1500000019">Robertson and Zaragoza, The
 * Probabilistic Relevance Framework: BM25 and Beyond</a>
 */
record Bm25(Map<String, Double> weights, double averageLength) {

	// Those of Lucene.
	private static final double SATURATION = 1.2;

	private static final double LENGTH_INFLUENCE = 0.75;

	/**
	 * Returns how much a word says, as Lucene computes it.
	 * @param count the number of all texts
	 * @param having the number of those that have the word
	 */
	static double weight(long count, long having) {
		return Math.log(1 + (Math.max(0, count - having) + 0.5) / (having + 0.5));
	}

	static Bm25 over(List<String> texts, Map<String, Double> weights) {
		return new Bm25(weights, texts.stream().mapToInt(Bm25::length).average().orElse(1));
	}

	private static int length(String text) {
		int length = 0;
		for (WordScanner words = new WordScanner(text); words.next();) {
			length++;
		}
		return length;
	}

	double score(String text) {
		Map<String, Integer> frequencies = new HashMap<>();
		int length = 0;
		for (WordScanner words = new WordScanner(text); words.next(); length++) {
			if (this.weights.containsKey(words.term())) {
				frequencies.merge(words.term(), 1, Integer::sum);
			}
		}
		double damping = SATURATION * (1 - LENGTH_INFLUENCE + LENGTH_INFLUENCE * length / this.averageLength);
		double score = 0;
		for (Map.Entry<String, Integer> word : frequencies.entrySet()) {
			score += this.weights.getOrDefault(word.getKey(), 0.0) * word.getValue() / (word.getValue() + damping);
		}
		return score;
	}

}
