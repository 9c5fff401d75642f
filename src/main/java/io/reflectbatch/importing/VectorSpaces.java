package io.reflectbatch.importing;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.VectorSpace;

/**
 * Which collections hold the vectors of a model. Those of all-MiniLM-L6-v2 are the
 * reference's; those of others have the family of the model in their names.
 */
final class VectorSpaces {

	private VectorSpaces() {
	}

	static VectorSpace of(String family, int dimension) {
		return family.equals(EmbeddingModel.BUNDLED) ? VectorSpace.REFERENCE : new VectorSpace(family, dimension);
	}

	/**
	 * Returns the collection that a file's points are in.
	 * @param project the name of its project directory
	 * @param family the family of the model that the ledger names
	 */
	static String collection(String project, String family) {
		return PointIds.collection(project,
				family.equals(EmbeddingModel.BUNDLED) ? VectorSpace.REFERENCE.suffix() : family);
	}

}
