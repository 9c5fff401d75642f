package io.reflectbatch.bench.search;

import java.util.List;
import java.util.Set;

import io.reflectbatch.search.Passage;

/**
 * A question, and what its answer is.
 *
 * @param form how it was made
 * @param text what is asked
 * @param conversations the conversations that a title names; none for a sentence
 * @param halves the halves of the sentence, of which a passage must hold one; none for a
 * title
 * @param source the conversation that it was taken from
 * @param inMessage how many tokens of the message are before the sentence; -1 for a title
 * @param inReference how many tokens are before it in the chunk of the Python importer;
 * -1 for a title, or if that importer leaves the message out
 * @param language the language or the writing of the message
 */
record Query(Form form, String text, Set<String> conversations, List<String> halves, String source, int inMessage,
		int inReference, String language) {

	boolean isTitle() {
		return this.form == Form.TITLE;
	}

	/**
	 * Whether a passage is the answer.
	 */
	boolean isAnsweredBy(Passage passage) {
		return isTitle() ? this.conversations.contains(passage.conversationId()) : isIn(passage.text());
	}

	/**
	 * Whether the excerpt of a passage, which is what {@code search} prints, is enough to
	 * see the answer.
	 */
	boolean isShownBy(Passage passage) {
		String excerpt = passage.excerpt().text();
		return isTitle() ? isAnsweredBy(passage)
				: this.halves.stream().anyMatch((half) -> excerpt.contains(half.replaceAll("\\s+", " ")));
	}

	/**
	 * Whether a text holds the sentence.
	 */
	boolean isIn(String text) {
		return this.halves.stream().anyMatch(text::contains);
	}

}
