package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.Point;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoredPoint;

/**
 * What a collection holds that it should not, or that the ledger does not know. Remembers
 * conversations, not points.
 */
final class CollectionContent {

	private static final int PAGE = 500;

	private final String collection;

	private final ConversationStore store;

	private final Map<String, KnownFile> known = new HashMap<>();

	private final Map<String, Long> unknown = new TreeMap<>();

	private long size;

	/**
	 * Prepares to look into a collection.
	 * @param collection the collection
	 * @param store the store
	 * @param known the files of the collection
	 */
	CollectionContent(String collection, ConversationStore store, List<KnownFile> known) {
		this.collection = collection;
		this.store = store;
		known.forEach((file) -> this.known.put(file.conversationId(), file));
	}

	/**
	 * Passes every point on that should not be there.
	 * @param action gets the file and the point
	 */
	void orphans(OrphanAction action) {
		this.store.forEach(this.collection, (point) -> {
			this.size++;
			String conversation = String.valueOf(point.payload().get(Point.CONVERSATION_ID));
			KnownFile file = this.known.get(conversation);
			if (file == null) {
				this.unknown.merge(conversation, 1L, Long::sum);
			}
			else if (isOrphan(file, point)) {
				action.accept(file, point.id());
			}
		});
	}

	// Of a file that was adopted without a number of chunks, any may be there.
	private static boolean isOrphan(KnownFile file, StoredPoint point) {
		if (file.status() == KnownFile.Status.ADOPTED && file.outcome().chunks() == 0) {
			return false;
		}
		return !(point.payload().get(Point.CHUNK_INDEX) instanceof Integer index && index >= 0
				&& index < file.outcome().chunks() && point.id() == PointIds.id(file.conversationId(), index));
	}

	/**
	 * Deletes the points of some files that should not be there.
	 * @param paths the paths of the files
	 */
	void deleteOrphans(List<String> paths) {
		List<Long> page = new ArrayList<>();
		orphans((file, id) -> {
			if (paths.contains(file.path())) {
				page.add(id);
			}
			if (page.size() == PAGE) {
				delete(page);
			}
		});
		delete(page);
	}

	private void delete(List<Long> page) {
		this.store.delete(this.collection, List.copyOf(page));
		page.clear();
	}

	long size() {
		return this.size;
	}

	/**
	 * Returns the conversations that the ledger does not know.
	 */
	List<VerificationReport.Unknown> unknown() {
		return this.unknown.entrySet()
			.stream()
			.map((entry) -> new VerificationReport.Unknown(this.collection, entry.getKey(), entry.getValue()))
			.toList();
	}

	/**
	 * What to do with a point that should not be there.
	 */
	interface OrphanAction {

		void accept(KnownFile file, long id);

	}

}
