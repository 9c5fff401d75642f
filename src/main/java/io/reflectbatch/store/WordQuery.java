package io.reflectbatch.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question as words to look for.
 *
 * @param text the question without its quotation marks, for a model to read
 * @param terms the words, each once, as {@link WordScanner} finds them; without those
 * that stand in every text, unless there are no others
 * @param runs the same words as they are written: of a script without spaces a whole run
 * @param phrases what stands in quotation marks: a passage must have it
 * @param compounds what is written as one, such as {@code GRPC_PORT} or
 * {@code java.util.List}: a passage that has it as a whole is better
 */
public record WordQuery(String text, List<String> terms, List<String> runs, List<Phrase> phrases,
		List<Phrase> compounds) {

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|\u201C([^\u201D]*)\u201D");

	/**
	 * A question may be a whole pasted page; what matters is found by its beginning.
	 */
	private static final int MOST_WORDS = 32;

	private static final int LONGEST_LINK = 3;

	private static final Set<String> EVERYWHERE = Set.of("a", "about", "an", "and", "are", "as", "at", "be", "by",
			"can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "is",
			"it", "its", "me", "my", "of", "on", "or", "our", "so", "that", "the", "their", "there", "these", "they",
			"this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would",
			"you", "your");

	public WordQuery {
		terms = List.copyOf(terms);
		runs = List.copyOf(runs);
		phrases = List.copyOf(phrases);
		compounds = List.copyOf(compounds);
	}

	/**
	 * Reads a question.
	 * @param question in any words; {@code "in quotation marks"} what must be there
	 */
	public static WordQuery of(String question) {
		List<Phrase> phrases = new ArrayList<>();
		Matcher quoted = QUOTED.matcher(question);
		while (quoted.find()) {
			String inside = (quoted.group(1) != null) ? quoted.group(1) : quoted.group(2);
			Phrase phrase = Phrase.of(inside);
			if (!phrase.terms().isEmpty()) {
				phrases.add(phrase);
			}
		}
		String text = question.replaceAll("[\"\u201C\u201D]", " ").strip();
		Reading reading = new Reading(text);
		return new WordQuery(text, informative(reading.terms), informative(reading.runs), phrases, reading.compounds);
	}

	private static List<String> informative(Set<String> words) {
		List<String> others = words.stream().filter((word) -> !EVERYWHERE.contains(word)).toList();
		return (others.isEmpty() ? List.copyOf(words) : others).stream().limit(MOST_WORDS).toList();
	}

	/**
	 * Tells whether there is no word in the question, but signs at most.
	 */
	public boolean isEmpty() {
		return this.terms.isEmpty();
	}

	/**
	 * Words in a row.
	 *
	 * @param text as it is written
	 * @param terms the words, as {@link WordScanner} finds them
	 */
	public record Phrase(String text, List<String> terms) {

		public Phrase {
			terms = List.copyOf(terms);
		}

		static Phrase of(String text) {
			return new Phrase(text, terms(text));
		}

		private static List<String> terms(String text) {
			List<String> terms = new ArrayList<>();
			WordScanner words = new WordScanner(text);
			while (words.next()) {
				terms.add(words.term());
			}
			return terms;
		}

		/**
		 * Tells whether a text has these words in a row.
		 */
		public boolean isIn(String other) {
			return Collections.indexOfSubList(terms(other), this.terms) >= 0;
		}

	}

	/**
	 * Goes through a question once.
	 */
	private static final class Reading {

		private final String text;

		private final Set<String> terms = new LinkedHashSet<>();

		private final Set<String> runs = new LinkedHashSet<>();

		private final List<Phrase> compounds = new ArrayList<>();

		private int runStart;

		private int runEnd = -1;

		private int compoundStart;

		private int compoundEnd = -1;

		Reading(String text) {
			this.text = text;
			WordScanner words = new WordScanner(text);
			while (words.next()) {
				this.terms.add(words.term());
				addToRun(words);
				addToCompound(words);
			}
			endRun();
			endCompound();
		}

		private void addToRun(WordScanner word) {
			if (word.start() >= this.runEnd) {
				endRun();
				this.runStart = word.start();
			}
			this.runEnd = word.end();
		}

		private void endRun() {
			if (this.runEnd >= 0) {
				WordScanner word = new WordScanner(this.text.substring(this.runStart, this.runEnd));
				word.next();
				boolean whole = word.end() == this.runEnd - this.runStart;
				this.runs.add(whole ? word.term() : this.text.substring(this.runStart, this.runEnd));
			}
		}

		private void addToCompound(WordScanner word) {
			if (this.compoundEnd < 0 || !isLink(this.compoundEnd, word.start())) {
				endCompound();
				this.compoundStart = word.start();
			}
			this.compoundEnd = word.end();
		}

		private boolean isLink(int from, int to) {
			return from < to && to - from <= LONGEST_LINK
					&& this.text.substring(from, to).chars().noneMatch(Character::isWhitespace);
		}

		private void endCompound() {
			if (this.compoundEnd >= 0) {
				Phrase compound = Phrase.of(this.text.substring(this.compoundStart, this.compoundEnd));
				boolean linked = compound.terms().size() > 1
						&& !WordScanner.isGlued(this.text.codePointAt(this.compoundStart));
				if (linked && this.compounds.size() < MOST_WORDS) {
					this.compounds.add(compound);
				}
			}
		}

	}

}
