package io.reflectbatch.importing;

import java.nio.file.Path;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the conversation logs are.
 *
 * @param logs the directory with one directory a project
 * @param layout {@code all} takes the transcripts of subagents too, {@code top-level}
 * only the files directly in the project directories, as the reference does
 * @param allowMissing whether to go on although more than half of the files of the last
 * import have disappeared, which otherwise is taken for a volume that is not mounted
 */
public record SourceProperties(@DefaultValue("~/.claude/projects") Path logs, @DefaultValue("all") Layout layout,
		@DefaultValue("false") boolean allowMissing) {

	/**
	 * Which files are conversation logs.
	 */
	public enum Layout {

		/**
		 * Sessions and the transcripts of their subagents.
		 */
		ALL,

		/**
		 * Every {@code .jsonl} directly in a project directory.
		 */
		TOP_LEVEL

	}

}
