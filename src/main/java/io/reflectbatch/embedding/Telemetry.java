package io.reflectbatch.embedding;

import com.sun.jna.NativeLibrary;

/**
 * Keeps ONNX Runtime from reporting to its maker.
 * <p>
 * On Linux and macOS the official builds (seen in 1.29.0, not in 1.24.2) send events to
 * Microsoft over HTTPS unless an environment variable forbids it (Privacy.md in its jar);
 * {@code OrtEnvironment.setTelemetry(false)} comes too late for the first. They keep a
 * database and a device id under {@code ~/.cache/Microsoft}, write to {@code /tmp}, and
 * search the command line of the process with a recursion that overflows the stack of a
 * thread, and so kills the JVM, at some 3,000 characters.
 * <p>
 * Native code reads the variable, and Java cannot set those of its own process: hence
 * libc's {@code setenv}, through JNA, which DJL depends on anyway.
 */
final class Telemetry {

	private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

	private static final String ON = "1";

	private Telemetry() {
	}

	/**
	 * Switches it off for this process; to be called before ONNX Runtime is loaded. On
	 * Windows there is no need: events stay on the machine and the API stops them.
	 */
	static void switchOff() {
		if (NativePlatform.current() != NativePlatform.WINDOWS_X64 && !ON.equals(System.getenv(VARIABLE))) {
			setEnvironmentVariable();
		}
	}

	private static void setEnvironmentVariable() {
		try {
			int result = NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] { VARIABLE, ON, 1 });
			if (result != 0) {
				throw new IllegalStateException("setenv returned " + result);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			throw new EmbeddingException(
					"Cannot switch off the telemetry of ONNX Runtime: %s. Set the environment variable %s=%s yourself."
						.formatted(ex, VARIABLE, ON),
					ex);
		}
	}

}
