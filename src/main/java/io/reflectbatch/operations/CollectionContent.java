package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.StoredPoint;

/**
 * What a collection holds: of each conversation the ids of its points and a hash of their
 * texts. Points are taken out as they are accounted for.
 */
final class CollectionContent {

	private final String collection;

	private final Map<String, Map<Long, Integer>> textHashes = new HashMap<>();

	private final int size;

	private CollectionContent(ConversationStore store, String collection) {
		this.collection = collection;
		store.forEach(collection, this::add);
		this.size = this.textHashes.values().stream().mapToInt(Map::size).sum();
	}

	static CollectionContent of(ConversationStore store, String collection) {
		return new CollectionContent(store, collection);
	}

	private void add(StoredPoint point) {
		String conversation = String.valueOf(point.payload().get(Point.CONVERSATION_ID));
		this.textHashes.computeIfAbsent(conversation, (name) -> new HashMap<>())
			.put(point.id(), String.valueOf(point.payload().get(Point.TEXT)).hashCode());
	}

	String collection() {
		return this.collection;
	}

	int size() {
		return this.size;
	}

	/**
	 * Takes a point of a conversation out.
	 * @return the hash of its text; empty if there is no such point
	 */
	Optional<Integer> take(String conversationId, long id) {
		return Optional.ofNullable(this.textHashes.get(conversationId)).map((points) -> points.remove(id));
	}

	/**
	 * Takes out what is left of a conversation.
	 * @return the ids of its points
	 */
	List<Long> takeRest(String conversationId) {
		Map<Long, Integer> rest = this.textHashes.remove(conversationId);
		return (rest != null) ? rest.keySet().stream().sorted().toList() : List.of();
	}

	/**
	 * Returns the conversations that nobody has asked for.
	 */
	List<Difference> unknown() {
		List<Difference> unknown = new ArrayList<>();
		this.textHashes.forEach((conversation, points) -> unknown.add(new Difference(this.collection, conversation,
				null, List.of(), List.of(), points.keySet().stream().sorted().toList())));
		return unknown;
	}

}
