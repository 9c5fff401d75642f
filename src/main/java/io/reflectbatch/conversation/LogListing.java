package io.reflectbatch.conversation;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found below a logs directory.
 *
 * @param files the conversation logs, by project, then by path
 * @param problems what could not be looked at, in the order met; the files there are
 * missing from the list although they may exist
 */
public record LogListing(List<ListedFile> files, List<Problem> problems) {

	public LogListing {
		files = List.copyOf(files);
		problems = List.copyOf(problems);
	}

	/**
	 * A file or directory that could not be looked at.
	 *
	 * @param path the file or directory
	 * @param reason why, in words
	 */
	public record Problem(Path path, String reason) {

	}

}
