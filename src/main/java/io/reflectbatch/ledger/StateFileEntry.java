package io.reflectbatch.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What {@code imported-files.json} says of one file.
 *
 * @param path the path as the file's writer saw it, for example
 * {@code /logs/-home-dev-app/a.jsonl}
 * @param lastModified the modification time in seconds since 1970 as Python printed it;
 * null where the entry has only the time of its import
 * @param importedAt when it was imported
 * @param chunks the number of chunks; 0 where the entry does not say
 */
record StateFileEntry(String path, @Nullable Double lastModified, Instant importedAt, int chunks) {

	/**
	 * Returns whether a reader of the state file would take the file as imported: it has
	 * not been modified since, and it was imported at all.
	 * @param stamp how the file looks now
	 */
	boolean covers(FileStamp stamp) {
		if (this.importedAt.equals(Instant.EPOCH)) {
			return false;
		}
		if (this.lastModified != null) {
			return stamp.pythonModified() <= this.lastModified;
		}
		return !stamp.modified().isAfter(this.importedAt);
	}

}
