package io.reflectbatch.importing;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the conversation logs are, and which of them are read.
 *
 * @param logs the directory with one directory a project
 * @param layout {@code all} takes the transcripts of subagents too, {@code top-level}
 * only the files directly in the project directories, as the reference does
 * @param include patterns of paths below the logs directory, as in {@code .gitignore}:
 * only files that fit are read; none for all
 * @param exclude patterns of paths that are not read, behind those in
 * {@code .reflectignore}
 * @param since files that were last written before are not read, see {@link PointInTime}
 * @param until files that were last written later are not read
 * @param allowMissing whether to go on although more than half of the files of the last
 * import have disappeared, which otherwise is taken for a volume that is not mounted
 */
public record SourceProperties(@DefaultValue("~/.claude/projects") Path logs, @DefaultValue("all") Layout layout,
		@DefaultValue List<String> include, @DefaultValue List<String> exclude, @Nullable String since,
		@Nullable String until, @DefaultValue("false") boolean allowMissing) {

	public SourceProperties {
		include = List.copyOf(include);
		exclude = List.copyOf(exclude);
		PointInTime times = PointInTime.here();
		if (since != null) {
			times.start("reflect.source.since", since);
		}
		if (until != null) {
			times.end("reflect.source.until", until);
		}
	}

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
