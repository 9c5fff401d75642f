package io.reflectbatch.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.reflectbatch.conversation.Chunk;
import io.reflectbatch.ledger.KnownFile;
import io.reflectbatch.store.PointIds;

/**
 * Compares what the store should hold of a file with what it holds.
 */
final class FileComparison {

	private final KnownFile file;

	private final CollectionContent content;

	private final List<Integer> missing = new ArrayList<>();

	private final List<Integer> drifted = new ArrayList<>();

	FileComparison(KnownFile file, CollectionContent content) {
		this.file = file;
		this.content = content;
	}

	/**
	 * Expects a chunk with its text.
	 */
	void expect(Chunk chunk) {
		Optional<Integer> found = this.content.take(this.file.conversationId(),
				PointIds.id(this.file.conversationId(), chunk.index()));
		if (found.isEmpty()) {
			this.missing.add(chunk.index());
		}
		else if (found.get() != chunk.text().hashCode()) {
			this.drifted.add(chunk.index());
		}
	}

	/**
	 * Expects chunks of which only the number is known.
	 */
	void expectChunks(int count) {
		for (int index = 0; index < count; index++) {
			if (this.content.take(this.file.conversationId(), PointIds.id(this.file.conversationId(), index))
				.isEmpty()) {
				this.missing.add(index);
			}
		}
	}

	/**
	 * Returns where they differ. A file that is pending may be half written; one that was
	 * adopted without a number of chunks may have any.
	 */
	Optional<Difference> result() {
		List<Long> orphaned = this.content.takeRest(this.file.conversationId());
		boolean open = this.file.status() == KnownFile.Status.PENDING
				|| (this.file.status() == KnownFile.Status.ADOPTED && this.file.outcome().chunks() == 0);
		if (open || (this.missing.isEmpty() && this.drifted.isEmpty() && orphaned.isEmpty())) {
			return Optional.empty();
		}
		return Optional.of(new Difference(this.content.collection(), this.file.conversationId(), this.file.path(),
				List.copyOf(this.missing), List.copyOf(this.drifted), orphaned));
	}

}
