package io.reflectbatch.importing;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import io.reflectbatch.conversation.ListedFile;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.FileStamp;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.Recipe;
import io.reflectbatch.ledger.Survey;
import io.reflectbatch.store.ConversationStore;

/**
 * Tells whether and how a file differs from what was imported. Looks at size and time
 * first; only when they differ it reads the part that was imported and compares its hash.
 */
final class ChangeDetector {

	private final Recipe recipe;

	private final boolean reimport;

	private final ConversationStore store;

	private final Set<String> collections;

	/**
	 * Creates a detector.
	 * @param recipe how files are imported in this run
	 * @param reimport whether everything counts as changed
	 * @param store the store, which is asked once for the collections that it has
	 */
	ChangeDetector(Recipe recipe, boolean reimport, ConversationStore store) {
		this.recipe = recipe;
		this.reimport = reimport;
		this.store = store;
		this.collections = Set.copyOf(store.collections());
	}

	/**
	 * Compares a file with what was imported.
	 * @return how it differs; empty if what was imported is all there is
	 */
	Optional<Change> change(KnownFile known, ListedFile listed) throws IOException {
		if (isLeftAlone(known)) {
			return Optional.empty();
		}
		if (known.status() == KnownFile.Status.PENDING) {
			return Optional.of(Change.NEW);
		}
		if (this.reimport || isElsewhere(known)) {
			return Optional.of(Change.REWRITTEN);
		}
		if (known.stamp().equals(new FileStamp(listed.size(), listed.modified()))) {
			return Optional.empty();
		}
		return compareContent(known, listed);
	}

	/**
	 * Returns whether a file is not imported, changed or not, until somebody asks for it.
	 * @param known the file
	 */
	static boolean isLeftAlone(KnownFile known) {
		return known.status() == KnownFile.Status.FORGOTTEN || known.status() == KnownFile.Status.QUARANTINED;
	}

	// The ledger may be about the collections of another model, about another store, or
	// about one that has lost its data since. Of an adopted file it is not known which
	// store it was, nor always how many points it has.
	private boolean isElsewhere(KnownFile known) {
		boolean adopted = known.status() == KnownFile.Status.ADOPTED;
		if (known.outcome().chunks() == 0 && !adopted) {
			return false;
		}
		Recipe imported = known.recipe();
		return !imported.family().equals(this.recipe.family())
				|| (!adopted && !imported.store().equals(this.recipe.store()))
				|| !this.collections.contains(this.store.collectionOf(known.project()));
	}

	private Optional<Change> compareContent(KnownFile known, ListedFile listed) throws IOException {
		Survey imported = known.survey();
		if (imported.contentHash() == null || listed.size() < imported.readOffset()
				|| !imported.contentHash().equals(hash(listed, imported.readOffset()))) {
			return Optional.of(Change.REWRITTEN);
		}
		if (listed.size() == imported.readOffset()) {
			return Optional.empty();
		}
		return Optional.of(known.recipe().equals(this.recipe) ? Change.GROWN : Change.REWRITTEN);
	}

	private static String hash(ListedFile listed, long offset) throws IOException {
		try (ContentHash hash = new ContentHash(listed.file().path())) {
			return hash.before(offset);
		}
	}

}
