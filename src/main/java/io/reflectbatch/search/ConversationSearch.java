package io.reflectbatch.search;

import java.util.List;

import io.reflectbatch.embedding.Embedder;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.ScoredPoint;

import org.springframework.stereotype.Component;

/**
 * Answers a question with the passages nearest to it.
 */
@Component
public class ConversationSearch {

	private final ConversationStore store;

	private final Embedder embedder;

	ConversationSearch(ConversationStore store, Embedder embedder) {
		this.store = store;
		this.embedder = embedder;
	}

	/**
	 * Searches all conversations.
	 * @param question what to look for, in any words
	 * @param limit how many passages at most
	 * @return the passages, best first
	 * @throws IllegalArgumentException if the question is blank
	 */
	public List<Passage> search(String question, int limit) {
		if (question.isBlank()) {
			throw new IllegalArgumentException("The question is empty; say in some words what to look for");
		}
		this.store.verifyReachable();
		return this.store.search(this.embedder.embed(question).vector(), this.store.collections(), limit)
			.stream()
			.map(ConversationSearch::passage)
			.toList();
	}

	private static Passage passage(ScoredPoint point) {
		return new Passage(point.score(), text(point, Point.PROJECT), text(point, Point.CONVERSATION_ID),
				text(point, Point.TIMESTAMP), text(point, Point.START_ROLE), text(point, Point.TEXT));
	}

	private static String text(ScoredPoint point, String key) {
		Object value = point.payload().get(key);
		return (value != null) ? value.toString() : "";
	}

}
