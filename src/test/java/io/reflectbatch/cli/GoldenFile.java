package io.reflectbatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares output with what somebody has read and found good.
 * {@code -Dgolden.update=true} writes it anew, to be read again before it is committed.
 */
final class GoldenFile {

	private static final Path DIRECTORY = Path.of("src/test/resources/golden");

	private GoldenFile() {
	}

	static void assertEqual(String name, String output) {
		Path file = DIRECTORY.resolve(name);
		try {
			if (Boolean.getBoolean("golden.update")) {
				Files.writeString(file, output);
			}
			assertThat(output).as("golden file %s", file).isEqualTo(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
