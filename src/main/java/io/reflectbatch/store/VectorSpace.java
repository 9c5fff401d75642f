package io.reflectbatch.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vectors that compare with one another, and the collections that hold them. Those of
 * another model have collections of their own, so that nothing is mixed.
 *
 * @param suffix the end of the collections' names
 * @param dimension the number of values of a vector
 */
public record VectorSpace(String suffix, int dimension) {

	/**
	 * The vectors of the reference importer.
	 */
	public static final VectorSpace REFERENCE = new VectorSpace(PointIds.REFERENCE_SUFFIX, 384);

	private static final String SUFFIX = "local|[a-z0-9][a-z0-9.-]*_[0-9]+_[0-9a-f]{8}";

	private static final Pattern OURS = Pattern.compile("conv_[0-9a-f]{8}_(" + SUFFIX + ")");

	public VectorSpace {
		if (!suffix.matches(SUFFIX)) {
			throw new IllegalArgumentException(
					"Collections cannot end with '%s'; expected local or MODEL_DIMENSION_8 hex digits"
						.formatted(suffix));
		}
	}

	/**
	 * Returns the collection of a project.
	 * @param project the name of the project directory
	 */
	public String collection(String project) {
		return PointIds.collection(project, this.suffix);
	}

	/**
	 * Tells whether a collection holds conversations in this space.
	 * @param collection the name of a collection, whoever made it
	 */
	public boolean contains(String collection) {
		Matcher ours = OURS.matcher(collection);
		return ours.matches() && ours.group(1).equals(this.suffix);
	}

	/**
	 * Refuses every collection that is not of this space, so that no mistake can change
	 * another's, {@code reflections_*} above all.
	 * @param collection the collection that is about to be changed
	 * @throws StoreRejectedException if its name has another shape
	 */
	public void require(String collection) {
		if (!contains(collection)) {
			throw new StoreRejectedException("""
					Collection '%s' is not one of ours and is left alone; \
					only collections named conv_<8 hex digits>_%s are changed, see PointIds.collection"""
				.formatted(collection, this.suffix), null);
		}
	}

	/**
	 * Tells whether a collection holds conversations of a project, in whichever space.
	 * @param project the name of the project directory
	 * @param collection the name of a collection, whoever made it
	 */
	public static boolean isOf(String project, String collection) {
		Matcher ours = OURS.matcher(collection);
		return ours.matches() && collection.equals(PointIds.collection(project, ours.group(1)));
	}

	/**
	 * Tells whether a collection holds conversations, in whichever space.
	 * @param collection the name of a collection, whoever made it
	 */
	public static boolean isOurs(String collection) {
		return OURS.matcher(collection).matches();
	}

	/**
	 * Returns the suffix of the space that a collection is in.
	 * @param collection one of ours
	 * @throws StoreRejectedException if its name has another shape
	 */
	public static String suffixOf(String collection) {
		Matcher ours = OURS.matcher(collection);
		if (!ours.matches()) {
			throw notOurs(collection);
		}
		return ours.group(1);
	}

	/**
	 * Refuses every collection but those of our other spaces.
	 * @param collection the collection that is about to be deleted
	 * @throws StoreRejectedException if it is in this space, or in none of ours
	 */
	public void requireOther(String collection) {
		requireOurs(collection);
		if (contains(collection)) {
			throw new StoreRejectedException(
					"Collection '%s' is one of the model in use and is left alone".formatted(collection), null);
		}
	}

	/**
	 * Refuses every collection that is in none of our spaces.
	 * @param collection the collection that something is about to be deleted from
	 * @throws StoreRejectedException if its name has another shape
	 */
	public static void requireOurs(String collection) {
		if (!isOurs(collection)) {
			throw notOurs(collection);
		}
	}

	private static StoreRejectedException notOurs(String collection) {
		return new StoreRejectedException("""
				Collection '%s' is not one of ours and is left alone; \
				only collections named conv_<8 hex digits>_local, or with a model in the place of local, are changed"""
			.formatted(collection), null);
	}

}
