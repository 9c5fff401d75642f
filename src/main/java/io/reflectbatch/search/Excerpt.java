package io.reflectbatch.search;

import java.util.List;

/**
 * The part of a passage that fits a question best, in one line.
 *
 * @param role who says it
 * @param text what is said
 * @param matches where the words of the question are in it, in order and apart
 */
public record Excerpt(String role, String text, List<Match> matches) {

	public Excerpt {
		matches = List.copyOf(matches);
	}

	/**
	 * A word of the question.
	 *
	 * @param start where it begins in the text of the excerpt
	 * @param end where it ends, exclusive
	 */
	public record Match(int start, int end) {

	}

}
