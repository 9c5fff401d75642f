package io.reflectbatch.importing;

import java.util.SortedMap;

import io.reflectbatch.ledger.FileLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Notices that what was imported belongs to another model than this import: its points
 * are in collections of their own, and the import embeds all logs anew. That is seldom
 * what somebody wants who has moved to another model and forgets to name it.
 */
@Component
class OtherModels {

	private static final Logger logger = LoggerFactory.getLogger(OtherModels.class);

	private final FileLedger files;

	private final String family;

	OtherModels(FileLedger files, Chunking chunking) {
		this.files = files;
		this.family = chunking.recipe().family();
	}

	/**
	 * Warns, if there are such files. After an import there are none any more.
	 */
	void warn() {
		SortedMap<String, Long> families = this.files.presentByFamily();
		families.remove(this.family);
		families.forEach((other, count) -> logger.warn("""
				Logs embedded by the model {}: {}. This import uses {} and embeds them anew, into collections where a \
				search with {} does not look. To stay with that one, stop this import and name the job file of that \
				model (--job-file, REFLECT_JOB_FILE); to move everything, stop it and run 'reflect reembed'""", other,
				count, this.family, other));
	}

}
