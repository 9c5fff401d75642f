package io.reflectbatch.operations;

import java.util.List;

import io.reflectbatch.importing.FormerCollection;
import io.reflectbatch.importing.FormerModels;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;

import org.springframework.stereotype.Component;

/**
 * Deletes the points of models that were in use before. The ledger does not change: it
 * names the model in use for every file.
 */
@Component
class ModelPruning {

	private final FormerModels models;

	private final FileLedger files;

	private final ConversationStore store;

	ModelPruning(FormerModels models, FileLedger files, ConversationStore store) {
		this.models = models;
		this.files = files;
		this.store = store;
	}

	/**
	 * Looks what there is to delete of some models. Changes nothing.
	 * @param models their names or families
	 */
	List<PruneReport.Collection> find(List<String> models) {
		return models.stream().flatMap((model) -> this.models.of(model).stream()).distinct().map(this::look).toList();
	}

	/**
	 * Tells whether there are collections of a model.
	 * @param model its name or family
	 */
	boolean isKnown(String model) {
		return !this.models.of(model).isEmpty();
	}

	private PruneReport.Collection look(FormerCollection former) {
		String project = former.project();
		long all = this.store.count(former.name());
		long kept = (project != null) ? others(former, project) : all;
		return new PruneReport.Collection(former.name(), former.model(), project, all - kept, kept);
	}

	// What the Python importer has written of conversations that were never ours.
	private long others(FormerCollection former, String project) {
		if (!former.shared()) {
			return 0;
		}
		CollectionContent content = new CollectionContent(former.name(), this.store, this.files.inProject(project));
		content.orphans((file, id) -> {
			// Those go as well: they are in a conversation of ours.
		});
		return content.unknown().stream().mapToLong(VerificationReport.Unknown::points).sum();
	}

	/**
	 * Makes sure that no restart counts on the points of any model.
	 * @throws io.reflectbatch.importing.UnfinishedImportException if an import or a move
	 * has left files half done
	 */
	void requireNothingUnfinished() {
		this.models.requireNothingUnfinished();
	}

	/**
	 * Deletes what was found. Killed in the middle, the same again deletes the rest.
	 */
	void delete(PruneReport.Collection found) {
		String project = found.project();
		if (project == null) {
			return;
		}
		if (found.kept() == 0) {
			this.store.drop(found.collection());
			return;
		}
		for (KnownFile file : this.files.inProject(project)) {
			this.store.deleteConversation(found.collection(), file.conversationId());
		}
	}

}
