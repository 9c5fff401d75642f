package io.reflectbatch.importing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.reflectbatch.conversation.ConversationFile;
import io.reflectbatch.conversation.ConversationFiles;
import io.reflectbatch.conversation.ListedFile;
import io.reflectbatch.conversation.LogListing;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.FileStamp;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.Survey;
import io.reflectbatch.ledger.WorkList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the logs directory with the ledger and writes the work list of a job instance.
 * Oldest files come first, so that a message belongs to the session that it was said in,
 * not to one that was forked from it. Not thread-safe; one instance a run.
 */
final class Planner {

	private static final Logger logger = LoggerFactory.getLogger(Planner.class);

	private static final Comparator<ListedFile> OLDEST_FIRST = Comparator.comparing(ListedFile::modified)
		.thenComparing((listed) -> listed.file().path());

	/**
	 * Files that are being read, or have been, before it is their turn.
	 */
	private static final int FILES_AHEAD = 8;

	private final FileLedger files;

	private final WorkList workList;

	private final MessageRegistry registry;

	private final ChangeDetector detector;

	private final Surveyor surveyor;

	private final ModelPreloader model;

	private final SourceProperties source;

	private final FileSelection selection;

	private final Path root;

	private final long jobInstance;

	private final Deque<ListedFile> remaining = new ArrayDeque<>();

	/**
	 * Those that were surveyed before it was their turn.
	 */
	private final Set<Long> copyists = new HashSet<>();

	private int number;

	private int ignored;

	private int selected;

	private int selectedUnreadable;

	private int unreadable;

	Planner(FileLedger files, WorkList workList, MessageRegistry registry, ChangeDetector detector, Surveyor surveyor,
			ModelPreloader model, SourceProperties source, FileSelection selection, long jobInstance) {
		this.files = files;
		this.workList = workList;
		this.registry = registry;
		this.detector = detector;
		this.surveyor = surveyor;
		this.model = model;
		this.source = source;
		this.selection = selection;
		this.root = source.logs().toAbsolutePath().normalize();
		this.jobInstance = jobInstance;
	}

	/**
	 * Lists the logs directory.
	 * @throws LogsUnavailableException if the logs, or most of them, are not there, or
	 * none of their directories can be read
	 * @throws IOException if the directory cannot be read
	 */
	void list() throws IOException {
		if (!Files.isDirectory(this.root)) {
			throw new LogsUnavailableException(this.root);
		}
		this.number = this.workList.nextNumber(this.jobInstance);
		LogListing listing = ConversationFiles.below(this.root,
				this.source.layout() == SourceProperties.Layout.TOP_LEVEL);
		listing.problems().forEach((problem) -> leaveOut(problem.path(), problem.reason()));
		if (listing.files().isEmpty()) {
			if (this.unreadable > 0) {
				throw new LogsUnavailableException(this.root, this.unreadable);
			}
			logger.warn(
					"There is no conversation log in {}, which has to hold one directory a project with *.jsonl in it."
							+ " Is it the right one? It is named by --logs or LOGS_DIR",
					this.root);
		}
		// With those that are ignored: they are not missing.
		compareWithLastListing(listing);
		listing.files().stream().filter(this::isSelected).sorted(OLDEST_FIRST).forEach(this.remaining::add);
		this.selected = this.remaining.size();
		this.ignored = listing.files().size() - this.selected;
	}

	// It may be gone, or not readable for us; the next run looks again.
	private void leaveOut(Path path, String reason) {
		logger.warn("Left out {}: {}", path, reason);
		this.unreadable++;
	}

	private boolean isSelected(ListedFile listed) {
		return this.selection.selects(this.root, listed);
	}

	/**
	 * Returns how many files of the listing are not read because the selection says so.
	 */
	int ignored() {
		return this.ignored;
	}

	// A volume that is not mounted looks like a directory from which everything was
	// deleted. Claude Code deletes old logs itself, some every day: hence not everything
	// ever seen, but the last listing.
	private void compareWithLastListing(LogListing listing) {
		Set<String> paths = listing.files().stream().map(this::relative).collect(Collectors.toSet());
		Set<String> before = this.files.pathsIn(this.root.toString(), true);
		before.removeIf((path) -> !isInLayout(path));
		List<String> gone = before.stream().filter((path) -> !paths.contains(path)).toList();
		if (gone.size() * 2 > before.size() && !this.source.allowMissing()) {
			throw new LogsUnavailableException(this.root, gone.size(), before.size());
		}
		gone.forEach((path) -> this.files.setPresent(path, false));
		Set<String> goneBefore = this.files.pathsIn(this.root.toString(), false);
		goneBefore.stream().filter(paths::contains).forEach((path) -> this.files.setPresent(path, true));
	}

	// What is not listed is not missing either.
	private boolean isInLayout(String path) {
		return this.source.layout() != SourceProperties.Layout.TOP_LEVEL || path.indexOf('/') == path.lastIndexOf('/');
	}

	/**
	 * Returns how many files and directories could not be read so far.
	 */
	int unreadable() {
		return this.unreadable;
	}

	/**
	 * Returns whether there are files left to look at.
	 */
	boolean hasNext() {
		return !this.remaining.isEmpty();
	}

	/**
	 * Looks at the next files.
	 * @param count how many at most
	 * @throws LogsUnavailableException if these were the last ones, and none of all could
	 * be read
	 */
	void plan(int count) {
		List<ListedFile> next = next(count);
		// One query for all of them: for known files that is most of the work.
		Map<String, KnownFile> known = this.files.findAll(next.stream().map(this::relative).toList());
		Deque<Changed> ahead = new ArrayDeque<>();
		try {
			for (ListedFile listed : next) {
				changed(listed, known.get(relative(listed))).ifPresent(ahead::add);
				if (ahead.size() > FILES_AHEAD) {
					addSelected(ahead.remove());
				}
			}
			while (!ahead.isEmpty()) {
				addSelected(ahead.remove());
			}
		}
		finally {
			ahead.forEach((changed) -> changed.reading().close());
		}
		if (!hasNext() && this.selectedUnreadable > 0 && this.selectedUnreadable == this.selected) {
			throw new LogsUnavailableException(this.root, this.unreadable);
		}
	}

	private List<ListedFile> next(int count) {
		List<ListedFile> next = new ArrayList<>();
		while (next.size() < count && hasNext()) {
			next.add(this.remaining.remove());
		}
		return next;
	}

	private Optional<Changed> changed(ListedFile listed, @Nullable KnownFile found) {
		KnownFile known = (found != null) ? found : register(listed.file(), relative(listed));
		try {
			Optional<Change> change = this.detector.change(known, listed);
			if (change.isEmpty() && isSeenDifferently(known, listed)) {
				this.files.touch(known, this.root.toString(), stamp(listed));
			}
			return change.filter((how) -> !this.workList.contains(this.jobInstance, known.id()))
				.map((how) -> readAhead(known, listed, how));
		}
		catch (IOException ex) {
			leaveOutSelected(listed, ex);
			return Optional.empty();
		}
	}

	private Changed readAhead(KnownFile known, ListedFile listed, Change change) {
		this.model.preload();
		return new Changed(listed, change, this.surveyor.readAhead(known, listed.file(), change, listed.size()));
	}

	private void leaveOutSelected(ListedFile listed, IOException ex) {
		leaveOut(listed.file().path(), ConversationItemReader.reason(ex));
		this.selectedUnreadable++;
	}

	private KnownFile register(ConversationFile file, String path) {
		boolean taken = this.files.find(file.project(), file.conversationId()).isPresent();
		ConversationFile unique = taken ? new ConversationFile(file.path(), file.project(),
				path.substring(file.project().length() + 1, path.lastIndexOf('.')), file.sidechain()) : file;
		return this.files.register(unique, path, this.root.toString());
	}

	private void addSelected(Changed changed) {
		try (SurveyReading reading = changed.reading()) {
			if (!this.copyists.contains(reading.known().id())) {
				add(changed);
			}
		}
		catch (IOException ex) {
			leaveOutSelected(changed.listed(), ex);
		}
	}

	private void add(Changed changed) throws IOException {
		List<Long> copyists = (changed.change() == Change.REWRITTEN)
				? this.registry.filesWithCopiesOf(changed.reading().known().id()) : List.of();
		survey(changed);
		copyists.forEach(this::addCopyist);
	}

	private void survey(Changed changed) throws IOException {
		KnownFile known = changed.reading().known();
		Survey survey = surveyed(changed);
		Change effective = getsItsTime(known, survey) ? Change.REWRITTEN : changed.change();
		this.workList.add(new PlannedFile(this.jobInstance, this.number++, known, effective, this.root.toString(),
				stamp(changed.listed()), survey, 0));
	}

	private Survey surveyed(Changed changed) throws IOException {
		try {
			return this.surveyor.survey(changed.reading(), this.jobInstance);
		}
		catch (IOException ex) {
			if (changed.change() == Change.REWRITTEN) {
				// It has lost its claims, by which its points were made.
				this.files.demandImport(changed.reading().known().id());
			}
			throw ex;
		}
	}

	// Every point has the time of its conversation.
	private static boolean getsItsTime(KnownFile known, Survey survey) {
		return known.outcome().chunks() > 0 && known.survey().conversationTime() == null
				&& survey.conversationTime() != null;
	}

	// Some of its messages may have been theirs as well; now they have to speak for
	// themselves, also those that were surveyed when the messages still seemed to be its.
	private void addCopyist(long fileId) {
		KnownFile copyist = this.files.get(fileId);
		if (ChangeDetector.isLeftAlone(copyist)) {
			return;
		}
		ConversationFile file = copyist.in(this.root.toString());
		try {
			BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
			ListedFile listed = new ListedFile(file, attributes.size(), attributes.lastModifiedTime().toInstant());
			if (!isSelected(listed)) {
				// As soon as somebody wants it again.
				this.files.demandImport(fileId);
				return;
			}
			addCopyist(copyist, listed);
			this.copyists.add(fileId);
		}
		catch (IOException ex) {
			this.copyists.remove(fileId);
			leaveOut(file.path(), ConversationItemReader.reason(ex));
		}
	}

	private void addCopyist(KnownFile copyist, ListedFile listed) throws IOException {
		boolean planned = this.workList.contains(this.jobInstance, copyist.id());
		Change change = (planned && copyist.status() == KnownFile.Status.PENDING) ? Change.NEW : Change.REWRITTEN;
		try (SurveyReading reading = this.surveyor.read(copyist, listed.file(), change, listed.size())) {
			Changed changed = new Changed(listed, change, reading);
			if (planned) {
				this.workList.remove(this.jobInstance, copyist.id());
				survey(changed);
			}
			else {
				add(changed);
			}
		}
	}

	private boolean isSeenDifferently(KnownFile known, ListedFile listed) {
		return !known.stamp().equals(stamp(listed)) || !known.root().equals(this.root.toString());
	}

	private static FileStamp stamp(ListedFile listed) {
		return new FileStamp(listed.size(), listed.modified());
	}

	private String relative(ListedFile listed) {
		return relative(this.root, listed.file().path());
	}

	static String relative(Path root, Path path) {
		return root.relativize(path).toString().replace(File.separatorChar, '/');
	}

	/**
	 * A file that is to be imported.
	 *
	 * @param listed the file in the listing
	 * @param change how it differs from what is known
	 * @param reading reads what is new in it
	 */
	private record Changed(ListedFile listed, Change change, SurveyReading reading) {

	}

}
