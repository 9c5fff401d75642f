package io.reflectbatch.operations;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.StoreProperties;

import org.springframework.stereotype.Component;

/**
 * Deletes the points of conversations, of whichever model, and leaves the conversations
 * out from then on.
 */
@Component
class ConversationPruning {

	private final FileLedger files;

	private final ConversationStore store;

	private final String kind;

	ConversationPruning(FileLedger files, ConversationStore store, StoreProperties properties) {
		this.files = files;
		this.store = store;
		this.kind = properties.kind();
	}

	/**
	 * Looks which files are meant. Changes nothing.
	 * @param request what to prune
	 * @throws OtherStoreException if points of one are in another kind of store
	 */
	List<KnownFile> find(PruneRequest request) {
		List<KnownFile> found = Stream
			.of(request.conversations().stream().flatMap((name) -> this.files.ofConversation(name).stream()),
					request.projects().stream().flatMap((name) -> this.files.inProject(name).stream()),
					request.paths().stream().flatMap((name) -> this.files.find(name).stream()))
			.flatMap(Function.identity())
			.distinct()
			.toList();
		requireHere(found);
		return found;
	}

	private void requireHere(List<KnownFile> found) {
		List<KnownFile> elsewhere = found.stream().filter(this::isElsewhere).toList();
		if (!elsewhere.isEmpty()) {
			KnownFile first = elsewhere.getFirst();
			throw new OtherStoreException(first.path(), elsewhere.size(), first.recipe().store(), this.kind);
		}
	}

	// Of an adopted file it is not known which store it is.
	private boolean isElsewhere(KnownFile file) {
		return file.outcome().chunks() > 0 && file.status() != KnownFile.Status.ADOPTED
				&& !file.recipe().store().equals(this.kind);
	}

	/**
	 * Deletes what is stored of a file. The ledger comes first: what is forgotten there
	 * and still in the store is orphaned, and 'verify --repair' deletes it. The other way
	 * round it would bring the points back.
	 * @param file the file
	 */
	void forget(KnownFile file) {
		this.files.forget(file.id());
		this.store.everyCollectionOf(file.project())
			.forEach((collection) -> this.store.deleteConversation(collection, file.conversationId()));
	}

}
