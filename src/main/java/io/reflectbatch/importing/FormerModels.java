package io.reflectbatch.importing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.reflectbatch.embedding.EmbeddingModel;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.VectorSpace;

import org.springframework.stereotype.Component;

/**
 * The collections of models that were in use before.
 */
@Component
public class FormerModels {

	private final ConversationStore store;

	private final FileLedger files;

	private final ExclusiveJobs jobs;

	private final Chunking chunking;

	FormerModels(ConversationStore store, FileLedger files, ExclusiveJobs jobs, Chunking chunking) {
		this.store = store;
		this.files = files;
		this.jobs = jobs;
		this.chunking = chunking;
	}

	/**
	 * Returns the collections of a model that nothing refers to any more.
	 * @param model the model: its name, or its family
	 * @return its collections, none of them in the vector space that is in use; empty if
	 * there are none
	 * @throws ModelInUseException if the configuration names this model, or the ledger
	 * has files whose points are in its collections
	 */
	public List<FormerCollection> of(String model) {
		List<String> collections = this.store.everyCollection()
			.stream()
			.filter((collection) -> VectorSpaces.isCalled(VectorSpaces.family(collection), model))
			.toList();
		List<String> former = collections.stream().filter(Predicate.not(this::isInUse)).toList();
		if (former.isEmpty() && (!collections.isEmpty() || VectorSpaces.isCalled(inUse(), model))) {
			throw ModelInUseException.ofTheConfiguration(inUse());
		}
		List<String> projects = this.files.projects();
		return former.stream().map((collection) -> collection(collection, projects)).toList();
	}

	private boolean isInUse(String collection) {
		return VectorSpaces.family(collection).equals(inUse());
	}

	private String inUse() {
		return this.chunking.recipe().family();
	}

	private FormerCollection collection(String collection, List<String> projects) {
		Optional<String> project = projects.stream()
			.filter((candidate) -> VectorSpace.isOf(candidate, collection))
			.findFirst();
		String family = VectorSpaces.family(collection);
		project.ifPresent((name) -> requireAllMoved(name, family));
		return new FormerCollection(collection, family, project.orElse(null), family.equals(EmbeddingModel.BUNDLED));
	}

	private void requireAllMoved(String project, String family) {
		List<KnownFile> left = this.files.inProject(project)
			.stream()
			.filter((file) -> file.recipe().family().equals(family) && hasPoints(file))
			.toList();
		if (!left.isEmpty()) {
			throw ModelInUseException.ofFiles(family, left.getFirst().path(), left.size());
		}
	}

	// Of a file that was adopted without a number of chunks, any may be there. Points in
	// the other kind of store are not those that are meant.
	private boolean hasPoints(KnownFile file) {
		return file.status() != KnownFile.Status.FORGOTTEN
				&& (file.outcome().chunks() > 0 || file.status() == KnownFile.Status.ADOPTED)
				&& file.recipe().store().equals(this.chunking.recipe().store());
	}

	/**
	 * Makes sure that no restart counts on points of whichever model. Belongs under the
	 * lease of the import.
	 * @throws UnfinishedImportException if an import or a move has left files half done
	 */
	public void requireNothingUnfinished() {
		this.jobs.requireOver(JobName.IMPORT);
		this.jobs.requireOver(JobName.REEMBED);
	}

}
