package io.reflectbatch.importing;

import java.util.Locale;

/**
 * The jobs that can be launched.
 */
public enum JobName {

	/**
	 * Imports what is new in the logs.
	 */
	IMPORT,

	/**
	 * Moves what was imported to another model.
	 */
	REEMBED,

	/**
	 * Writes the state file of the Python importer.
	 */
	EXPORT_STATE,

	/**
	 * Takes over what the state file of the Python importer says.
	 */
	ADOPT_STATE;

	/**
	 * Returns the name of the Spring Batch job, as job files have it.
	 */
	public String jobName() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
