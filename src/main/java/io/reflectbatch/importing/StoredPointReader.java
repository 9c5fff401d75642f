package io.reflectbatch.importing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.PointIds;
import io.reflectbatch.store.StoredPoint;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the points of files from the collections of the model that has made them: the
 * points of a file in the order of their chunks, then its end.
 * <p>
 * Restart: the execution context holds the number of the file, when it was imported, and
 * the index of the next chunk; four numbers, rewritten at every commit. A file that was
 * imported again meanwhile is read from its beginning. Not thread-safe: one instance a
 * partition.
 */
class StoredPointReader implements ItemStreamReader<ReembedItem> {

	private static final int PAGE = 32;

	private static final String FINISHED = "finished.file";

	private static final String FILE = "open.file";

	private static final String IMPORTED = "open.imported";

	private static final String CHUNK = "next.chunk";

	private final IntFunction<Optional<PlannedFile>> files;

	private final ConversationStore store;

	private final String family;

	private int finished = -1;

	private int openFile = -1;

	private long openImported;

	private int next;

	private @Nullable PlannedFile planned;

	private int pageStart;

	private Map<Long, StoredPoint> page = Map.of();

	/**
	 * Creates a reader.
	 * @param files finds the file after a number
	 * @param store the store
	 * @param family the family of the model that files are moved to
	 */
	StoredPointReader(IntFunction<Optional<PlannedFile>> files, ConversationStore store, String family) {
		this.files = files;
		this.store = store;
		this.family = family;
	}

	@Override
	public void open(ExecutionContext context) {
		this.finished = context.getInt(FINISHED, -1);
		this.openFile = context.getInt(FILE, -1);
		this.openImported = context.getLong(IMPORTED, 0);
		this.next = context.getInt(CHUNK, 0);
	}

	@Override
	public void update(ExecutionContext context) {
		context.putInt(FINISHED, this.finished);
		context.putInt(FILE, this.openFile);
		context.putLong(IMPORTED, this.openImported);
		context.putInt(CHUNK, this.next);
	}

	@Override
	public @Nullable ReembedItem read() {
		PlannedFile file = (this.planned != null) ? this.planned : this.files.apply(this.finished).orElse(null);
		if (file == null) {
			return null;
		}
		if (this.planned == null) {
			enter(file);
		}
		LogContext.enterFile(file);
		if (!isToBeMoved(file.known())) {
			leave(file);
			return new ReembedItem.FileSettled(file);
		}
		return point(file).orElseGet(() -> end(file));
	}

	private void enter(PlannedFile file) {
		long imported = Optional.ofNullable(file.known().importedAt()).map(Instant::toEpochMilli).orElse(0L);
		if (file.number() != this.openFile || imported != this.openImported) {
			this.next = 0;
		}
		this.planned = file;
		this.openFile = file.number();
		this.openImported = imported;
		this.page = Map.of();
		this.pageStart = this.next;
	}

	private boolean isToBeMoved(KnownFile file) {
		return file.status() != KnownFile.Status.FORGOTTEN && !file.recipe().family().equals(this.family);
	}

	private Optional<ReembedItem> point(PlannedFile file) {
		int chunks = file.known().outcome().chunks();
		if (this.next >= chunks && chunks > 0) {
			return Optional.empty();
		}
		if (this.page.isEmpty() || this.next >= this.pageStart + PAGE) {
			this.pageStart = this.next;
			this.page = page(file.known());
		}
		StoredPoint point = this.page.get(id(file.known(), this.next));
		// Of a file that was adopted without a number of chunks, the first one that is
		// not there is behind its last.
		if (point == null && chunks == 0) {
			return Optional.empty();
		}
		int index = this.next++;
		return Optional.of((point != null) ? new ReembedItem.PointRead(file, index, point)
				: new ReembedItem.PointMissing(file, index));
	}

	private Map<Long, StoredPoint> page(KnownFile file) {
		List<Long> ids = IntStream.range(this.pageStart, this.pageStart + PAGE)
			.mapToObj((index) -> id(file, index))
			.toList();
		Map<Long, StoredPoint> found = new HashMap<>();
		this.store.find(VectorSpaces.collection(file.project(), file.recipe().family()), ids)
			.forEach((point) -> found.put(point.id(), point));
		return found;
	}

	private static long id(KnownFile file, int index) {
		return PointIds.id(file.conversationId(), index);
	}

	private ReembedItem end(PlannedFile file) {
		int chunks = this.next;
		leave(file);
		return new ReembedItem.FileEnd(file, chunks);
	}

	private void leave(PlannedFile file) {
		this.finished = file.number();
		this.openFile = -1;
		this.next = 0;
		this.planned = null;
	}

}
