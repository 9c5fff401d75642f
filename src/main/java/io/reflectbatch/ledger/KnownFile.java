package io.reflectbatch.ledger;

import java.nio.file.Path;
import java.time.Instant;

import io.reflectbatch.conversation.ConversationFile;
import org.jspecify.annotations.Nullable;

/**
 * A conversation log that was seen before, in the state that the store is in.
 *
 * @param id the key of the row
 * @param path where it is below the logs directory, separated by {@code /}
 * @param root the logs directory in which it was last seen
 * @param project the name of its project directory
 * @param conversationId the id of the conversation
 * @param sidechain whether it is the transcript of a subagent
 * @param status how far its import has come
 * @param stamp how the file looked when it was imported
 * @param survey what was found in it
 * @param recipe how its points were made
 * @param outcome what the store holds of it
 * @param coverage how much of that can be found; null where it was not counted
 * @param importedAt when its import was finished; null while it is pending
 */
public record KnownFile(long id, String path, String root, String project, String conversationId, boolean sidechain,
		Status status, FileStamp stamp, Survey survey, Recipe recipe, Outcome outcome, @Nullable FileCoverage coverage,
		@Nullable Instant importedAt) {

	/**
	 * Returns the file as it is named in a logs directory.
	 * @param logs the logs directory
	 */
	public ConversationFile in(String logs) {
		return new ConversationFile(Path.of(logs, this.path), this.project, this.conversationId, this.sidechain);
	}

	/**
	 * How far the import of a file has come.
	 */
	public enum Status {

		/**
		 * Planned, not finished for the first time.
		 */
		PENDING,

		/**
		 * Imported by this application.
		 */
		IMPORTED,

		/**
		 * Imported by the Python importer and taken over from its state file.
		 */
		ADOPTED,

		/**
		 * Its points were deleted because a person asked for it; it is not imported
		 * again.
		 */
		FORGOTTEN,

		/**
		 * The process died each time it was read; it is not read again before a person
		 * asks for it.
		 */
		QUARANTINED

	}

}
