package io.reflectbatch.importing;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.reflectbatch.conversation.Writing;
import io.reflectbatch.embedding.EmbeddingModel;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Counts the files whose messages are mostly in a script that the model does not know.
 * The counts are kept in the context of the step that plans, with the files that it has
 * planned. Not thread-safe.
 */
public final class UnknownLanguages {

	private static final String KEY = "unknown.script.";

	private final EmbeddingModel model;

	private final Map<Long, UnicodeScript> files = new HashMap<>();

	UnknownLanguages(EmbeddingModel model) {
		this.model = model;
	}

	/**
	 * Looks at what is new in a file.
	 * @param fileId the key of the file
	 * @param writing how that is written
	 */
	void look(long fileId, Writing writing) {
		writing.mostlyUnknown(this.model::knows)
			.ifPresentOrElse((script) -> this.files.put(fileId, script), () -> this.files.remove(fileId));
	}

	/**
	 * Adds what was counted since the last time.
	 * @param context the context of the step
	 */
	void moveTo(ExecutionContext context) {
		this.files.values()
			.forEach((script) -> context.putInt(KEY + script.name(), context.getInt(KEY + script.name(), 0) + 1));
		this.files.clear();
	}

	/**
	 * Returns the number of files that an execution has planned whose messages are mostly
	 * in a script that its model does not know.
	 * @param execution the execution of an import
	 * @return the counts by the name of the script
	 */
	public static SortedMap<String, Integer> in(JobExecution execution) {
		SortedMap<String, Integer> files = new TreeMap<>();
		execution.getStepExecutions().forEach((step) -> step.getExecutionContext().entrySet().forEach((entry) -> {
			if (entry.getKey().startsWith(KEY) && entry.getValue() instanceof Integer count) {
				files.put(entry.getKey().substring(KEY.length()), count);
			}
		}));
		return files;
	}

}
