package io.reflectbatch.importing;

import java.util.Locale;

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

	/**
	 * Returns the family of the model that has made the vectors of a collection.
	 * @param collection one of ours
	 */
	static String family(String collection) {
		String suffix = VectorSpace.suffixOf(collection);
		return suffix.equals(VectorSpace.REFERENCE.suffix()) ? EmbeddingModel.BUNDLED : suffix;
	}

	/**
	 * Tells whether a person means a family.
	 * @param name the family, or the name of the model alone, which may stand for several
	 */
	static boolean isCalled(String family, String name) {
		String wanted = name.toLowerCase(Locale.ROOT);
		return family.equals(wanted) || family.replaceFirst("_[0-9]+_[0-9a-f]{8}$", "").equals(wanted);
	}

}
