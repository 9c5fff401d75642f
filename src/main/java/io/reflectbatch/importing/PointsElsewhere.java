package io.reflectbatch.importing;

import java.util.SortedMap;

import io.reflectbatch.ledger.FileLedger;
import io.reflectbatch.ledger.Recipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Notices that what was imported is not where this import writes: in collections of
 * another model, or in another store. Then the import embeds all logs anew, which is
 * seldom what somebody wants who has moved there and forgets to say so.
 */
@Component
class PointsElsewhere {

	private static final Logger logger = LoggerFactory.getLogger(PointsElsewhere.class);

	private final FileLedger files;

	private final Recipe recipe;

	PointsElsewhere(FileLedger files, Chunking chunking) {
		this.files = files;
		this.recipe = chunking.recipe();
	}

	/**
	 * Warns, if there are such files. After an import there are none any more.
	 */
	void warn() {
		SortedMap<String, Long> families = this.files.presentByFamily();
		families.remove(this.recipe.family());
		families.forEach((other, count) -> logger.warn("""
				Logs embedded by the model {}: {}. This import uses {} and embeds them anew, into collections where a \
				search with {} does not look. To stay with that one, stop this import and name the job file of that \
				model (--job-file, REFLECT_JOB_FILE); to move everything, stop it and run 'reflect reembed'""", other,
				count, this.recipe.family(), other));
		SortedMap<String, Long> stores = this.files.presentByStore();
		stores.remove(this.recipe.store());
		stores.forEach((other, count) -> logger.warn("""
				Logs whose points are in the store {}: {}. This import writes to {} and embeds them anew. To stay with \
				{}, stop this import and name it for every command: with --store {}, or a job file (REFLECT_JOB_FILE) \
				with store.type. Where neither does, QDRANT_URL means qdrant""", other, count, this.recipe.store(),
				other, other));
	}

}
