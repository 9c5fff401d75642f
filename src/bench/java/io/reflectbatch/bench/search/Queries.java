package io.reflectbatch.bench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.reflectbatch.conversation.TokenCounter;

/**
 * Draws questions from logs, with a fixed seed: the same from the same logs.
 */
final class Queries {

	/** A message below is read whole whatever the window is. */
	private static final int LONG_MESSAGE = 128;

	private static final int[] POSITIONS = { 0, 128, 256, 512, Integer.MAX_VALUE };

	private static final int MOST_A_MESSAGE = 6;

	private final Corpus corpus;

	private final TokenCounter tokens;

	private final Random random;

	/**
	 * Creates a source of questions.
	 * @param corpus the logs
	 * @param tokens counts tokens
	 * @param seed decides which sentences are drawn
	 */
	Queries(Corpus corpus, TokenCounter tokens, long seed) {
		this.corpus = corpus;
		this.tokens = tokens;
		this.random = new Random(seed);
	}

	/**
	 * Returns every title.
	 */
	List<Query> titles() {
		List<Query> queries = new ArrayList<>();
		this.corpus.titles()
			.forEach((title, answers) -> queries.add(new Query(Form.TITLE, Form.TITLE.of(title).orElseThrow(), answers,
					List.of(), answers.iterator().next(), -1, -1, Script.of(title).toString())));
		return queries;
	}

	/**
	 * Draws sentences of long messages, as many from the first 128 tokens of a message as
	 * from the next 128, the next 256, and the rest, if there are so many; of a message six
	 * at most. A sentence must have been said once only, and so must each half of it.
	 * @param count how many sentences to draw
	 * @return the questions in all forms of each
	 */
	List<Query> sentences(int count) {
		List<List<Candidate>> candidates = candidates();
		List<Query> queries = new ArrayList<>();
		Map<Corpus.Said, Integer> drawn = new HashMap<>();
		int quota = count / candidates.size();
		for (List<Candidate> stratum : candidates) {
			Collections.shuffle(stratum, this.random);
			int left = quota;
			for (Candidate candidate : stratum) {
				if (left > 0 && drawn.getOrDefault(candidate.message, 0) < MOST_A_MESSAGE && isUnique(candidate)) {
					drawn.merge(candidate.message, 1, Integer::sum);
					queries.addAll(forms(candidate));
					left--;
				}
			}
		}
		return queries;
	}

	private List<List<Candidate>> candidates() {
		List<List<Candidate>> candidates = new ArrayList<>();
		for (int i = 1; i < POSITIONS.length; i++) {
			candidates.add(new ArrayList<>());
		}
		for (Corpus.Said message : this.corpus.messages()) {
			int[] ends = this.tokens.tokenEnds(message.text());
			if (ends.length < LONG_MESSAGE) {
				continue;
			}
			for (Sentence sentence : Sentence.in(message.text())) {
				int before = before(ends, sentence.start());
				candidates.get(stratum(before)).add(new Candidate(message, sentence, before));
			}
		}
		return candidates;
	}

	private static int before(int[] ends, int start) {
		int count = 0;
		while (count < ends.length && ends[count] <= start) {
			count++;
		}
		return count;
	}

	private static int stratum(int position) {
		int stratum = 0;
		while (position >= POSITIONS[stratum + 1]) {
			stratum++;
		}
		return stratum;
	}

	private boolean isUnique(Candidate candidate) {
		return candidate.sentence.halves().stream().allMatch((half) -> this.corpus.occurrences(half) == 1);
	}

	private List<Query> forms(Candidate candidate) {
		String text = candidate.sentence.text();
		List<String> halves = candidate.sentence.halves();
		int inReference = inReference(halves);
		List<Query> queries = new ArrayList<>();
		for (Form form : List.of(Form.EXACT, Form.KEYWORDS, Form.HALF, Form.OTHER_WORDS)) {
			form.of(text)
				.ifPresent((question) -> queries
					.add(new Query(form, question, Set.of(), halves, candidate.message.conversation(),
							candidate.position, inReference, Script.of(candidate.message.text()).toString())));
		}
		return queries;
	}

	private int inReference(List<String> halves) {
		return this.corpus.referenceChunks()
			.stream()
			.filter((chunk) -> chunk.contains(halves.getFirst()))
			.mapToInt((chunk) -> this.tokens.count(chunk.substring(0, chunk.indexOf(halves.getFirst()))))
			.min()
			.orElse(-1);
	}

	/**
	 * A sentence that may be drawn.
	 *
	 * @param message where it was said
	 * @param sentence the sentence
	 * @param position how many tokens of the message are before it
	 */
	private record Candidate(Corpus.Said message, Sentence sentence, int position) {

	}

}
