package io.reflectbatch.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.reflectbatch.importing.ImportedChunks;
import io.reflectbatch.importing.JobName;
import io.reflectbatch.importing.RunningLease;
import io.reflectbatch.importing.WaitingFiles;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.ConversationStore;

import org.springframework.stereotype.Component;

/**
 * Compares logs, ledger and store three ways. Holds the files of one project at a time
 * and a page of points, however many there are.
 */
@Component
public class Verification {

	private final FileLedger files;

	private final OpenFiles open;

	private final ConversationStore store;

	private final ImportedChunks chunks;

	private final WaitingFiles waiting;

	private final RunningLease lease;

	Verification(FileLedger files, OpenFiles open, ConversationStore store, ImportedChunks chunks, WaitingFiles waiting,
			RunningLease lease) {
		this.files = files;
		this.open = open;
		this.store = store;
		this.chunks = chunks;
		this.waiting = waiting;
		this.lease = lease;
	}

	/**
	 * Compares everything. Changes nothing. What an import works on meanwhile is left
	 * out.
	 */
	public VerificationReport verify() {
		Totals totals = new Totals();
		List<String> projects = this.files.projects();
		projects.forEach((project) -> verify(project, totals));
		return new VerificationReport(projects.size(), totals.files, totals.reread, totals.open, this.waiting.count(),
				totals.points, totals.differences, totals.unknown);
	}

	private void verify(String project, Totals totals) {
		List<KnownFile> known = this.files.inProject(project);
		Set<Long> open = this.open.ids();
		Map<String, FileComparison> comparisons = new LinkedHashMap<>();
		for (KnownFile file : known) {
			if (isOpen(file, open)) {
				totals.open++;
			}
			else {
				totals.files++;
				totals.reread += compare(file, comparisons) ? 1 : 0;
			}
		}
		CollectionContent content = new CollectionContent(this.store.collectionOf(project), this.store, known);
		content.orphans((file, id) -> {
			FileComparison comparison = comparisons.get(file.path());
			if (comparison != null) {
				comparison.orphaned(id);
			}
		});
		totals.points += content.size();
		totals.differences.addAll(differences(comparisons));
		totals.unknown.addAll(unknown(project, content));
	}

	// What is in a work list is half written, and a restart counts on what is there.
	// What another model has embedded is in other collections, and may be in another
	// store.
	private boolean isOpen(KnownFile file, Set<Long> open) {
		return file.status() == KnownFile.Status.PENDING || file.status() == KnownFile.Status.QUARANTINED
				|| open.contains(file.id()) || !this.chunks.areHere(file);
	}

	private boolean compare(KnownFile file, Map<String, FileComparison> comparisons) {
		boolean readable = this.chunks.canRead(file);
		FileComparison comparison = new FileComparison(file, this.store);
		if (readable) {
			read(file, comparison);
		}
		else {
			comparison.expectChunks(file.outcome().chunks());
		}
		comparison.finish();
		comparisons.put(file.path(), comparison);
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

	// An import may have been at work since: what it has touched is not compared.
	private List<Difference> differences(Map<String, FileComparison> comparisons) {
		Set<Long> open = this.open.ids();
		return comparisons.values()
			.stream()
			.filter(FileComparison::differs)
			.filter((comparison) -> !open.contains(comparison.file().id()) && this.files.find(comparison.file().path())
				.filter(Predicate.isEqual(comparison.file()))
				.isPresent())
			.map((comparison) -> comparison.difference(this.chunks.isPresent(comparison.file())))
			.toList();
	}

	private List<VerificationReport.Unknown> unknown(String project, CollectionContent content) {
		return content.unknown()
			.stream()
			.filter((conversation) -> this.files.find(project, conversation.conversationId()).isEmpty())
			.toList();
	}

	/**
	 * Does something while no import can run.
	 * @param action what to do
	 * @throws io.reflectbatch.ledger.LeaseHeldException if one is running
	 */
	public <T> T exclusively(Supplier<T> action) {
		return this.lease.hold(JobName.IMPORT, action);
	}

	/**
	 * Makes the store agree again: deletes points that should not be there, and demands
	 * the files with missing or drifted points from the next import. Belongs, with the
	 * verification before it, into {@link #exclusively}.
	 * @param report what {@link #verify} found
	 * @return the number of files that the next import reads again
	 */
	public int repair(VerificationReport report) {
		int demanded = 0;
		for (Difference difference : report.differences()) {
			if (difference.needsImport()) {
				this.files.find(difference.path()).ifPresent((file) -> this.files.demandImport(file.id()));
				demanded++;
			}
		}
		orphaned(report).forEach(this::deleteOrphans);
		return demanded;
	}

	private static Map<String, List<String>> orphaned(VerificationReport report) {
		return report.differences()
			.stream()
			.filter((difference) -> difference.orphaned().count() > 0)
			.collect(Collectors.groupingBy(Difference::collection,
					Collectors.mapping(Difference::path, Collectors.toList())));
	}

	private void deleteOrphans(String collection, List<String> paths) {
		List<KnownFile> known = paths.stream().flatMap((path) -> this.files.find(path).stream()).toList();
		new CollectionContent(collection, this.store, known).deleteOrphans(paths);
	}

	private static final class Totals {

		private int files;

		private int reread;

		private int open;

		private long points;

		private final List<Difference> differences = new ArrayList<>();

		private final List<VerificationReport.Unknown> unknown = new ArrayList<>();

	}

}
