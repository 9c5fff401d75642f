package io.reflectbatch.importing;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

	/**
	 * Finds a job by the name of the Spring Batch job.
	 * @param jobName the name
	 */
	public static Optional<JobName> of(String jobName) {
		return Stream.of(values()).filter((job) -> job.jobName().equals(jobName)).findFirst();
	}

	/**
	 * Returns the job whose lease it holds while it runs: whoever writes what the import
	 * writes holds that of the import.
	 */
	public JobName lease() {
		return (this == EXPORT_STATE) ? this : IMPORT;
	}

	/**
	 * Tells whether an execution that did not come to its end is restarted. The jobs of
	 * the state file start anew.
	 */
	public boolean isRestarted() {
		return this == IMPORT || this == REEMBED;
	}

}
