package io.reflectbatch.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.conversation.ReadingPosition;
import io.reflectbatch.ledger.Change;
import io.reflectbatch.ledger.FileStamp;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.ledger.MessageRegistry;
import io.reflectbatch.ledger.PlannedFile;
import io.reflectbatch.ledger.Recipe;

import io.reflectbatch.store.Point;
import io.reflectbatch.store.StoredPoint;
import org.springframework.stereotype.Component;

/**
 * Reads an imported file again and gives the points that the store must hold of it.
 */
@Component
public class ImportedChunks {

	private final Chunking chunking;

	private final MessageRegistry registry;

	ImportedChunks(Chunking chunking, MessageRegistry registry) {
		this.chunking = chunking;
		this.registry = registry;
	}

	/**
	 * Returns whether a file can be read again as it was imported: it has not changed
	 * since, and this run cuts it the same way.
	 * @param file the file
	 */
	public boolean canRead(KnownFile file) {
		return file.status() == KnownFile.Status.IMPORTED && file.recipe().equals(this.chunking.recipe())
				&& isUnchanged(file);
	}

	/**
	 * Returns whether the points of a file are where this run looks: in the collections
	 * of the configured model, in the configured store. Of an adopted file it is not
	 * known which store it was.
	 * @param file the file
	 */
	public boolean areHere(KnownFile file) {
		Recipe recipe = this.chunking.recipe();
		return switch (file.status()) {
			case FORGOTTEN -> true;
			case ADOPTED -> file.recipe().family().equals(recipe.family());
			default -> file.recipe().family().equals(recipe.family()) && file.recipe().store().equals(recipe.store());
		};
	}

	/**
	 * Returns whether the log of a file is still there; Claude Code deletes old ones.
	 * @param file the file
	 */
	public boolean isPresent(KnownFile file) {
		return Files.isRegularFile(file.in(file.root()).path());
	}

	private static boolean isUnchanged(KnownFile file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file.in(file.root()).path(),
					BasicFileAttributes.class);
			return file.stamp().equals(new FileStamp(attributes.size(), attributes.lastModifiedTime().toInstant()));
		}
		catch (IOException ex) {
			// Gone or not readable: its memory is kept, and cannot be compared.
			return false;
		}
	}

	/**
	 * Passes the points that the store must hold of a file on, in order, without their
	 * vectors; where the time of a conversation is not known, without the time.
	 * @param file a file that {@linkplain #canRead can be read}
	 * @param action what to do with each
	 * @throws IOException if it cannot be read after all
	 */
	public void forEach(KnownFile file, Consumer<StoredPoint> action) throws IOException {
		PlannedFile whole = new PlannedFile(0, 0, file, Change.NEW, file.root(), file.stamp(), file.survey(), 0);
		PointMapper mapper = new PointMapper(this.chunking.isReference(), Instant.EPOCH);
		try (PlannedFileChunks chunks = new PlannedFileChunks(whole, ReadingPosition.START, 0, this.chunking,
				this.registry.copies(file.id()))) {
			for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
				action.accept(expected(mapper.point(whole, chunk, new float[0]), file));
			}
		}
	}

	// Without a time of its own, a conversation has got that of its import.
	private static StoredPoint expected(Point point, KnownFile file) {
		Map<String, Object> payload = new LinkedHashMap<>(point.payload());
		if (file.survey().conversationTime() == null) {
			payload.remove(Point.TIMESTAMP);
		}
		return new StoredPoint(point.id(), payload);
	}

}
