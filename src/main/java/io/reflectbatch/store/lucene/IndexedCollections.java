package io.reflectbatch.store.lucene;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.reflectbatch.store.StoreRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * Which collections an index holds, also those without a point, and which fields its
 * documents have. It is kept in the user data of Lucene's commits: collection to
 * dimension, and the number of the schema.
 *
 * @param dimensions the user data
 */
record IndexedCollections(Map<String, String> dimensions) {

	private static final String SCHEMA = "schema";

	/**
	 * 2: with words and times. The first version had none, and no number.
	 */
	private static final String CURRENT = "2";

	IndexedCollections {
		dimensions = Map.copyOf(dimensions);
	}

	/**
	 * All of them, whatever their vectors.
	 */
	List<String> names() {
		return this.dimensions.keySet().stream().filter((key) -> !key.equals(SCHEMA)).sorted().toList();
	}

	boolean contains(String collection) {
		return this.dimensions.containsKey(collection);
	}

	/**
	 * Tells whether the documents have all fields.
	 */
	boolean isCurrent() {
		return this.dimensions.isEmpty() || CURRENT.equals(this.dimensions.get(SCHEMA));
	}

	IndexedCollections upgraded() {
		return with(SCHEMA, CURRENT);
	}

	IndexedCollections with(String collection, int dimension) {
		return with(collection, String.valueOf(dimension)).upgraded();
	}

	private IndexedCollections with(String key, String value) {
		if (value.equals(this.dimensions.get(key))) {
			return this;
		}
		Map<String, String> extended = new TreeMap<>(this.dimensions);
		extended.put(key, value);
		return new IndexedCollections(extended);
	}

	IndexedCollections without(String collection) {
		Map<String, String> left = new TreeMap<>(this.dimensions);
		left.remove(collection);
		return new IndexedCollections(left);
	}

	void require(String collection, int dimension) {
		@Nullable String found = this.dimensions.get(collection);
		if (found == null) {
			throw new StoreRejectedException(
					"Collection '%s' does not exist; create it before writing to it".formatted(collection), null);
		}
		if (!found.equals(String.valueOf(dimension))) {
			throw new StoreRejectedException("""
					Collection '%s' has vectors of %s dimensions; expected %d dimensions. \
					It was made for another embedding model: move the index away and import again with --reimport"""
				.formatted(collection, found, dimension), null);
		}
	}

}
