package io.reflectbatch.store;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps points in collections and finds them again. Thread-safe.
 * <p>
 * Every method returns only when its effect is durable: a process killed afterwards has
 * lost nothing. Every call has a deadline.
 *
 * @see StoreUnavailableException
 * @see StoreRejectedException
 */
public interface ConversationStore extends AutoCloseable {

	/**
	 * How many chunks of a conversation have to be missing for nothing to come behind
	 * them.
	 */
	int GAP = 100;

	/**
	 * Checks, without waiting long, that the store answers. For the start: what is wrong
	 * is said before any work is done.
	 */
	void verifyReachable();

	/**
	 * Returns the name of the collection of a project, in the vector space that the store
	 * was opened for.
	 * @param project the name of the project directory
	 */
	String collectionOf(String project);

	/**
	 * Returns every collection of a project that there is, in whichever vector space: for
	 * what is to disappear, wherever it is.
	 * @param project the name of the project directory
	 */
	default List<String> everyCollectionOf(String project) {
		return everyCollection().stream().filter((collection) -> VectorSpace.isOf(project, collection)).toList();
	}

	/**
	 * Returns the names of all collections that hold conversations, in whichever vector
	 * space, sorted.
	 */
	List<String> everyCollection();

	/**
	 * Creates the collection when it is missing: one unnamed vector, cosine distance.
	 * @param collection the collection
	 * @throws StoreRejectedException if it exists with another dimension or distance, or
	 * if its name is not one that {@link #collectionOf(String)} gives; the latter goes
	 * for {@link #upsert} too, and what deletes takes collections of other vector spaces
	 * besides
	 */
	void ensureCollection(String collection);

	/**
	 * Writes points; a point whose id exists is replaced.
	 * @param collection an existing collection
	 * @param points the points, any number
	 */
	void upsert(String collection, List<Point> points);

	/**
	 * Deletes what a conversation has behind its last chunk, which is mostly nothing.
	 * Chunks are numbered one after the other: behind {@value #GAP} that are missing
	 * there are none, and a store need not look for them.
	 * @param collection the collection; nothing happens when it is missing
	 * @param conversationId the conversation
	 * @param firstChunk the lowest {@code chunk_index} to delete
	 */
	void deleteFrom(String collection, String conversationId, int firstChunk);

	/**
	 * Deletes every point of a conversation, however it is numbered.
	 * @param collection the collection; nothing happens when it is missing
	 * @param conversationId the conversation
	 */
	void deleteConversation(String collection, String conversationId);

	/**
	 * Returns the number of points, exactly.
	 * @param collection the collection; 0 when it is missing
	 */
	long count(String collection);

	/**
	 * Returns the names of the collections that hold conversations in the vector space
	 * that the store was opened for, sorted. Others, such as {@code reflections_*}, are
	 * not among them.
	 */
	List<String> collections();

	/**
	 * Returns the project that each collection holds: collection to the name of a project
	 * directory. Collections without a point are left out.
	 */
	Map<String, String> projects();

	/**
	 * Returns the points nearest to a vector.
	 * @param vector the embedding of the question, L2-normalised
	 * @param collections where to look; nothing is found in those that are missing
	 * @param limit how many points at most, over all collections
	 * @return the points, best first
	 */
	default List<ScoredPoint> search(float[] vector, List<String> collections, int limit) {
		return search(vector, PointFilter.in(collections), limit);
	}

	/**
	 * Returns the points nearest to a vector.
	 * @param vector the embedding of the question, L2-normalised
	 * @param filter which points to look at
	 * @param limit how many points at most, over all collections
	 * @return the points with their cosine similarity, best first
	 */
	List<ScoredPoint> search(float[] vector, PointFilter filter, int limit);

	/**
	 * Returns the points whose text has words of a question.
	 * @param words the question
	 * @param filter which points to look at
	 * @param limit how many points at most, over all collections
	 * @return the points with a score that grows with the number and the rarity of the
	 * words they have (BM25), best first; scores of different questions do not compare
	 * @see <a href="https://dl.acm.org/doi/10.1561/1500000019">Robertson and Zaragoza,
	 * The Probabilistic Relevance Framework: BM25 and Beyond</a>
	 */
	List<ScoredPoint> search(WordQuery words, PointFilter filter, int limit);

	/**
	 * Passes every point of a collection on, in no particular order, a page at a time.
	 * @param collection the collection; nothing happens when it is missing
	 * @param action what to do with each
	 */
	void forEach(String collection, Consumer<StoredPoint> action);

	/**
	 * Returns points by their ids, in no particular order.
	 * @param collection the collection; nothing is found when it is missing
	 * @param ids their ids, a few hundred at most; those that do not exist are passed
	 * over
	 */
	List<StoredPoint> find(String collection, List<Long> ids);

	/**
	 * Deletes points.
	 * @param collection the collection; nothing happens when it is missing
	 * @param ids their ids; those that do not exist are passed over
	 */
	void delete(String collection, List<Long> ids);

	/**
	 * Deletes a collection of another vector space with everything in it.
	 * @param collection the collection; nothing happens when it is missing
	 * @throws StoreRejectedException if it is in the vector space that the store was
	 * opened for, or in none of ours
	 */
	void drop(String collection);

	/**
	 * Repeats nothing from now on: a call that fails, fails at once. For a process that
	 * is to end soon, and would otherwise wait for a store that has gone.
	 */
	default void stopRetrying() {
	}

	@Override
	void close();

}
