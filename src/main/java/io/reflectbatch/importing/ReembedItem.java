package io.reflectbatch.importing;

import java.util.Map;

import io.reflectbatch.embedding.Embedding;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.store.StoredPoint;

/**
 * What passes through the step that moves points to another model: the points of a file,
 * then its end.
 */
sealed interface ReembedItem {

	/**
	 * The file it belongs to.
	 */
	PlannedFile planned();

	/**
	 * A point as it is in the store.
	 *
	 * @param planned the file
	 * @param index the index of its chunk
	 * @param point the point
	 */
	record PointRead(PlannedFile planned, int index, StoredPoint point) implements ReembedItem {

	}

	/**
	 * A point with a vector of another model.
	 *
	 * @param planned the file
	 * @param index the index of its chunk
	 * @param id its id
	 * @param payload its payload
	 * @param embedding its vector
	 */
	record PointEmbedded(PlannedFile planned, int index, long id, Map<String, Object> payload,
			Embedding embedding) implements ReembedItem {

	}

	/**
	 * A point that should be in the store, and is not.
	 *
	 * @param planned the file
	 * @param index the index of its chunk
	 */
	record PointMissing(PlannedFile planned, int index) implements ReembedItem {

	}

	/**
	 * The end of a file.
	 *
	 * @param planned the file
	 * @param chunks the number of its chunks
	 */
	record FileEnd(PlannedFile planned, int chunks) implements ReembedItem {

	}

	/**
	 * A file that has no points of another model any more: an import has renewed it since
	 * it was planned, or a person has pruned it.
	 *
	 * @param planned the file
	 */
	record FileSettled(PlannedFile planned) implements ReembedItem {

	}

}
