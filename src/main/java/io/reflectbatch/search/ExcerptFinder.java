package io.reflectbatch.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.reflectbatch.store.WordQuery;
import io.reflectbatch.store.WordScanner;
import org.jspecify.annotations.Nullable;

/**
 * Finds the part of a chunk that has the most different words of a question.
 */
final class ExcerptFinder {

	/**
	 * As much as the search server of the reference shows.
	 */
	private static final int LENGTH = 350;

	/**
	 * So much of an excerpt is before the first word of the question, if there is.
	 */
	private static final int LEAD = 80;

	private static final String CUT = "… ";

	private final Set<String> terms;

	private final @Nullable String role;

	/**
	 * Creates a finder.
	 * @param question the question
	 * @param role who must speak, if given
	 */
	ExcerptFinder(WordQuery question, @Nullable String role) {
		this.terms = new HashSet<>(question.terms());
		question.phrases().forEach((phrase) -> this.terms.addAll(phrase.terms()));
		this.role = role;
	}

	/**
	 * Finds the best part.
	 * @param text the text of a chunk
	 * @param startRole who speaks first in it
	 * @return the part; empty if the role says nothing in it
	 */
	Optional<Excerpt> find(String text, String startRole) {
		@Nullable Candidate best = null;
		for (Speech speech : Speech.in(text, startRole)) {
			if (this.role == null || this.role.equals(speech.role())) {
				Candidate candidate = candidate(speech);
				best = (best == null || candidate.words > best.words) ? candidate : best;
			}
		}
		return Optional.ofNullable(best).map(this::excerpt);
	}

	private Candidate candidate(Speech speech) {
		List<Hit> hits = hits(speech.text());
		Candidate best = new Candidate(speech, 0, 0);
		for (int first = 0; first < hits.size(); first++) {
			Set<String> words = new HashSet<>();
			int limit = hits.get(first).start() + LENGTH - LEAD;
			for (int next = first; next < hits.size() && hits.get(next).end() <= limit; next++) {
				words.add(hits.get(next).term());
			}
			if (words.size() > best.words) {
				best = new Candidate(speech, hits.get(first).start(), words.size());
			}
		}
		return best;
	}

	private List<Hit> hits(String text) {
		List<Hit> hits = new ArrayList<>();
		for (WordScanner words = new WordScanner(text); words.next();) {
			if (this.terms.contains(words.term())) {
				hits.add(new Hit(words.term(), words.start(), words.end()));
			}
		}
		return hits;
	}

	private Excerpt excerpt(Candidate candidate) {
		String text = candidate.speech.text();
		int start = startNear(text, candidate.start);
		int end = endNear(text, start + LENGTH);
		String line = (start > 0 ? CUT : "") + oneLine(text.substring(start, end)) + (end < text.length() ? " …" : "");
		return new Excerpt(candidate.speech.role(), line, matches(line));
	}

	/**
	 * Begins at the line or the sentence of the first word, or a little before it.
	 */
	private static int startNear(String text, int word) {
		if (word <= LEAD || text.length() <= LENGTH) {
			return 0;
		}
		for (int i = word; i > word - LEAD; i--) {
			char before = text.charAt(i - 1);
			if (before == '\n' || (Character.isWhitespace(before) && ".!?".indexOf(text.charAt(i - 2)) >= 0)
					|| "。！？".indexOf(before) >= 0) {
				return i;
			}
		}
		int start = Math.min(word - LEAD / 2, Math.max(0, text.length() - LENGTH));
		for (int i = start; i < word; i++) {
			if (Character.isWhitespace(text.charAt(i))) {
				return i + 1;
			}
		}
		return wholeCharacter(text, start);
	}

	private static int endNear(String text, int limit) {
		if (limit >= text.length()) {
			return text.length();
		}
		for (int i = limit; i > limit - LEAD; i--) {
			if (Character.isWhitespace(text.charAt(i))) {
				return i;
			}
		}
		return wholeCharacter(text, limit);
	}

	private static int wholeCharacter(String text, int index) {
		return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
	}

	/**
	 * White space becomes one blank, and so does what a terminal would obey.
	 */
	private static String oneLine(String text) {
		return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
	}

	private List<Excerpt.Match> matches(String line) {
		List<Excerpt.Match> matches = new ArrayList<>();
		for (Hit hit : hits(line)) {
			if (!matches.isEmpty() && hit.start() < matches.getLast().end()) {
				matches.add(new Excerpt.Match(matches.removeLast().start(), hit.end()));
			}
			else {
				matches.add(new Excerpt.Match(hit.start(), hit.end()));
			}
		}
		return matches;
	}

	private record Hit(String term, int start, int end) {

	}

	private record Candidate(Speech speech, int start, int words) {

	}

	/**
	 * What one role says in a chunk, whose lines are {@code ROLE: text}.
	 *
	 * @param role who speaks, in lower case
	 * @param text what is said
	 */
	record Speech(String role, String text) {

		private static final List<String> SPEAKERS = List.of("USER: ", "ASSISTANT: ", "SYSTEM: ");

		static List<Speech> in(String text, String startRole) {
			List<Speech> speeches = new ArrayList<>();
			String role = startRole;
			int start = afterName(text, 0, startRole);
			for (int line = text.indexOf('\n') + 1; line > 0; line = text.indexOf('\n', line) + 1) {
				String speaker = speaker(text, line);
				if (speaker != null) {
					speeches.add(new Speech(role, text.substring(start, line - 1)));
					role = speaker.substring(0, speaker.length() - 2).toLowerCase(Locale.ROOT);
					start = line + speaker.length();
				}
			}
			speeches.add(new Speech(role, text.substring(start)));
			return speeches;
		}

		private static int afterName(String text, int start, String role) {
			String name = role.toUpperCase(Locale.ROOT) + ": ";
			return text.startsWith(name, start) ? start + name.length() : start;
		}

		private static @Nullable String speaker(String text, int line) {
			for (String speaker : SPEAKERS) {
				if (text.startsWith(speaker, line)) {
					return speaker;
				}
			}
			return null;
		}

	}

}
