package io.reflectbatch.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.reflectbatch.importing.ImportedChunks;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.PointIds;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares logs, ledger and store three ways. Holds a few bytes a point of one collection
 * at a time.
 */
@Component
public class Verification {

	private final FileLedger files;

	private final ConversationStore store;

	private final ImportedChunks chunks;

	Verification(FileLedger files, ConversationStore store, ImportedChunks chunks) {
		this.files = files;
		this.store = store;
		this.chunks = chunks;
	}

	/**
	 * Compares everything. Changes nothing.
	 */
	public VerificationReport verify() {
		List<Difference> differences = new ArrayList<>();
		List<Difference> unknown = new ArrayList<>();
		List<String> projects = this.files.projects();
		int compared = 0;
		int reread = 0;
		long points = 0;
		for (String project : projects) {
			CollectionContent content = CollectionContent.of(this.store, PointIds.collection(project));
			points += content.size();
			for (KnownFile file : this.files.inProject(project)) {
				compared++;
				reread += compare(file, content, differences) ? 1 : 0;
			}
			unknown.addAll(content.unknown());
		}
		return new VerificationReport(projects.size(), compared, reread, points, differences, unknown);
	}

	private boolean compare(KnownFile file, CollectionContent content, List<Difference> differences) {
		boolean readable = this.chunks.canRead(file);
		FileComparison comparison = new FileComparison(file, content);
		if (readable) {
			read(file, comparison);
		}
		else {
			comparison.expectChunks(file.outcome().chunks());
		}
		comparison.result().ifPresent(differences::add);
		return readable;
	}

	private void read(KnownFile file, FileComparison comparison) {
		try {
			this.chunks.forEach(file, comparison::expect);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + file.path(), ex);
		}
	}

	/**
	 * Makes the store agree again: deletes points that should not be there, and demands
	 * the files with missing or drifted points from the next import.
	 * @param report what {@link #verify} found
	 * @return the number of files that the next import reads again
	 */
	@Transactional
	public int repair(VerificationReport report) {
		int demanded = 0;
		for (Difference difference : report.differences()) {
			if (!difference.orphaned().isEmpty()) {
				this.store.delete(difference.collection(), difference.orphaned());
			}
			if (!difference.missing().isEmpty() || !difference.drifted().isEmpty()) {
				demanded += demandImport(difference);
			}
		}
		return demanded;
	}

	private int demandImport(Difference difference) {
		this.files.find(String.valueOf(difference.path())).ifPresent((file) -> this.files.demandImport(file.id()));
		return 1;
	}

}
