package io.reflectbatch.operations;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What to prune.
 *
 * @param keep how many of the newest runs of each job to keep; null: no matter how many
 * @param olderThan only runs that ended longer ago than this; null: no matter when
 * @param conversations the ids of conversations whose points are to be deleted
 * @param projects the names of project directories, all of whose conversations are meant
 * @param paths files below the logs directory, whose conversations are meant
 * @param models models that are no longer in use, whose collections are to be deleted
 */
public record PruneRequest(@Nullable Integer keep, @Nullable Duration olderThan, List<String> conversations,
		List<String> projects, List<String> paths, List<String> models) {

	public PruneRequest {
		conversations = List.copyOf(conversations);
		projects = List.copyOf(projects);
		paths = List.copyOf(paths);
		models = List.copyOf(models);
		if (keep != null && keep < 1) {
			throw new IllegalArgumentException("At least one run is kept, not " + keep);
		}
	}

	/**
	 * Whether runs are to be pruned at all.
	 */
	boolean prunesRuns() {
		return this.keep != null || this.olderThan != null;
	}

	/**
	 * Whether points are to be deleted at all.
	 */
	boolean prunesPoints() {
		return Stream.of(this.conversations, this.projects, this.paths, this.models)
			.anyMatch((names) -> !names.isEmpty());
	}

}
