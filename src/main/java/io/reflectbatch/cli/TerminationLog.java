package io.reflectbatch.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The file from which Kubernetes takes the message of a container that has ended:
 * {@code kubectl describe pod} shows it. Only where Kubernetes has started us, or where
 * {@code REFLECT_TERMINATION_LOG} names it.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/">Determine
 * the Reason for Pod Failure</a>
 */
final class TerminationLog {

	/**
	 * Kubernetes cuts the message there.
	 */
	private static final int MAX_BYTES = 4096;

	private final Optional<Path> file;

	private TerminationLog(Optional<Path> file) {
		this.file = file;
	}

	/**
	 * Finds the file.
	 * @param variables the environment
	 * @param usual where Kubernetes has it unless the pod says otherwise
	 */
	static TerminationLog in(Map<String, String> variables, Path usual) {
		String named = variables.getOrDefault("REFLECT_TERMINATION_LOG", "");
		if (!named.isBlank()) {
			return new TerminationLog(Optional.of(Path.of(named)));
		}
		boolean kubernetes = variables.containsKey("KUBERNETES_SERVICE_HOST");
		return new TerminationLog(Optional.of(usual).filter((file) -> kubernetes && Files.isWritable(file)));
	}

	/**
	 * Writes the message, if there is a file for it.
	 * @param message the message
	 * @throws IOException if the file cannot be written
	 */
	void write(String message) throws IOException {
		if (this.file.isPresent()) {
			// No temporary file and no rename: it is mounted.
			Files.write(this.file.get(), cut(message + "\n"), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
					StandardOpenOption.TRUNCATE_EXISTING);
		}
	}

	// Never inside a character.
	private static byte[] cut(String message) {
		ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
		StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(message), bytes, true);
		byte[] cut = new byte[bytes.position()];
		bytes.flip().get(cut);
		return cut;
	}

}
