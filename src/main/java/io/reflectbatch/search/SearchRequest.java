package io.reflectbatch.search;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What to look for, and where.
 *
 * @param question in any words; what stands in quotation marks must be in a passage
 * @param limit how many passages at most
 * @param mode by what they are ranked
 * @param decay the preference for what was said lately, if any
 * @param project only conversations of projects whose name has this part, if given
 * @param since only conversations that began then or later, if given
 * @param until only conversations that began before, if given
 * @param role only what this role says, if given
 * @param grouped whether to return the best passage of each conversation only
 */
public record SearchRequest(String question, int limit, SearchMode mode, @Nullable Decay decay,
		@Nullable String project, @Nullable Instant since, @Nullable Instant until, @Nullable String role,
		boolean grouped) {

	public SearchRequest {
		if (question.isBlank()) {
			throw new IllegalArgumentException("The question is empty; say in some words what to look for");
		}
		if (limit < 1) {
			throw new IllegalArgumentException("The limit is %d; expected 1 or more".formatted(limit));
		}
	}

	/**
	 * Looks everywhere, and returns every passage.
	 * @param question in any words
	 * @param limit how many passages at most
	 * @param mode by what they are ranked
	 */
	public static SearchRequest of(String question, int limit, SearchMode mode) {
		return new SearchRequest(question, limit, mode, null, null, null, null, null, false);
	}

}
