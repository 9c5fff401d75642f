package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoredPoint;

/**
 * Compares what the store should hold of a file with what it holds, a page of points at a
 * time.
 */
final class FileComparison {

	private static final int PAGE = 200;

	private final KnownFile file;

	private final String collection;

	private final ConversationStore store;

	private final Sample.Builder missing = new Sample.Builder();

	private final Sample.Builder drifted = new Sample.Builder();

	private final Sample.Builder orphaned = new Sample.Builder();

	private final List<StoredPoint> expected = new ArrayList<>();

	private int chunks;

	FileComparison(KnownFile file, ConversationStore store) {
		this.file = file;
		this.collection = store.collectionOf(file.project());
		this.store = store;
	}

	/**
	 * Expects the point of the next chunk.
	 * @param point the point; what else its payload has in the store does not matter
	 */
	void expect(StoredPoint point) {
		this.expected.add(point);
		if (this.expected.size() == PAGE) {
			compare();
		}
	}

	/**
	 * Expects chunks of which only the number is known.
	 */
	void expectChunks(int count) {
		for (int index = 0; index < count; index++) {
			expect(new StoredPoint(PointIds.id(this.file.conversationId(), index), Map.of()));
		}
	}

	private void compare() {
		Map<Long, StoredPoint> found = new HashMap<>();
		this.store.find(this.collection, this.expected.stream().map(StoredPoint::id).toList())
			.forEach((point) -> found.put(point.id(), point));
		for (StoredPoint point : this.expected) {
			StoredPoint stored = found.get(point.id());
			if (stored == null) {
				this.missing.add(this.chunks);
			}
			else if (!isSame(point.payload(), stored.payload())) {
				this.drifted.add(this.chunks);
			}
			this.chunks++;
		}
		this.expected.clear();
	}

	private static boolean isSame(Map<String, Object> expected, Map<String, Object> stored) {
		return expected.entrySet()
			.stream()
			.allMatch((entry) -> Objects.equals(comparable(entry.getValue()),
					comparable(stored.getOrDefault(entry.getKey(), ""))));
	}

	private static Object comparable(Object value) {
		return (value instanceof Number number) ? number.longValue() : value;
	}

	void orphaned(long id) {
		this.orphaned.add(id);
	}

	/**
	 * Compares the rest. To be called when no more chunks are expected.
	 */
	void finish() {
		compare();
	}

	boolean differs() {
		return !(this.missing.isEmpty() && this.drifted.isEmpty() && this.orphaned.isEmpty());
	}

	KnownFile file() {
		return this.file;
	}

	Difference difference(boolean logPresent) {
		return new Difference(this.collection, this.file.conversationId(), this.file.path(), logPresent,
				this.missing.build(), this.drifted.build(), this.orphaned.build());
	}

}
