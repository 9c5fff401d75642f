package io.reflectbatch.deployment;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code .dockerignore} keeps from the builder.
 */
final class DockerIgnore {

	private final List<String> rules;

	private DockerIgnore(List<String> rules) {
		this.rules = rules;
	}

	static DockerIgnore read() throws IOException {
		return new DockerIgnore(Files.readAllLines(Path.of(".dockerignore"))
			.stream()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.toList());
	}

	/**
	 * Returns whether a file is kept back. The last rule that matches it or one of its
	 * parents decides.
	 * @param file from the project's directory
	 */
	boolean ignores(Path file) {
		boolean ignored = false;
		for (String rule : this.rules) {
			if (matches(file, rule.replaceFirst("^!", ""))) {
				ignored = !rule.startsWith("!");
			}
		}
		return ignored;
	}

	private static boolean matches(Path file, String pattern) {
		for (Path candidate = file; candidate != null; candidate = candidate.getParent()) {
			if (FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(candidate)) {
				return true;
			}
		}
		return false;
	}

}
