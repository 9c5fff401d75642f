package io.reflectbatch.importing;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.embedding.Embedding;
import io.reflectbatch.ledger.Outcome;
import io.reflectbatch.ledger.PlannedFile;

/**
 * What passes through the chunk-oriented step: the chunks of a file, then its end, or its
 * loss. The end is an item like the others, so that a file is finished in the transaction
 * of its last chunks, and so that files without any chunk are finished at all.
 */
sealed interface ImportItem {

	/**
	 * The file it belongs to.
	 */
	PlannedFile planned();

	/**
	 * A chunk as it was read.
	 *
	 * @param planned the file
	 * @param chunk the chunk
	 */
	record ChunkRead(PlannedFile planned, Chunk chunk) implements ImportItem {

	}

	/**
	 * A chunk with its vector.
	 *
	 * @param planned the file
	 * @param chunk the chunk
	 * @param embedding its vector
	 * @param cached whether the vector was in the cache
	 */
	record ChunkEmbedded(PlannedFile planned, Chunk chunk, Embedding embedding, boolean cached) implements ImportItem {

	}

	/**
	 * The end of a file.
	 *
	 * @param planned the file
	 * @param outcome what the store holds of it when all its chunks are written
	 */
	record FileEnd(PlannedFile planned, Outcome outcome) implements ImportItem {

	}

	/**
	 * A file that is not there any more, or not as long as it was. It stays unfinished.
	 *
	 * @param planned the file
	 * @param reason what happened to it
	 */
	record FileLost(PlannedFile planned, String reason) implements ImportItem {

	}

}
