package io.reflectbatch.embedding;

import java.util.Locale;

/**
 * A system for which ONNX Runtime, the tokenizer and JNA bring native libraries, and the
 * name each of them has for it.
 */
enum NativePlatform {

	LINUX_X64("linux-x64", "linux-x86_64", "linux-x86-64"),

	LINUX_AARCH64("linux-aarch64", "linux-aarch64", "linux-aarch64"),

	MACOS_AARCH64("osx-aarch64", "osx-aarch64", "darwin-aarch64"),

	WINDOWS_X64("win-x64", "win-x86_64", "win32-x86-64");

	private final String runtimeName;

	private final String tokenizerName;

	private final String jnaName;

	NativePlatform(String runtimeName, String tokenizerName, String jnaName) {
		this.runtimeName = runtimeName;
		this.tokenizerName = tokenizerName;
		this.jnaName = jnaName;
	}

	/**
	 * The platform of this JVM.
	 */
	static NativePlatform current() {
		return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
	}

	/**
	 * The platform with Java's names.
	 * @param system as in {@code os.name}
	 * @param architecture as in {@code os.arch}
	 */
	static NativePlatform of(String system, String architecture) {
		String name = system.toLowerCase(Locale.ROOT);
		boolean x64 = architecture.equals("amd64") || architecture.equals("x86_64");
		boolean aarch64 = architecture.equals("aarch64");
		if (name.startsWith("linux") && (x64 || aarch64)) {
			return x64 ? LINUX_X64 : LINUX_AARCH64;
		}
		if (name.startsWith("mac") && aarch64) {
			return MACOS_AARCH64;
		}
		if (name.startsWith("windows") && x64) {
			return WINDOWS_X64;
		}
		throw new EmbeddingException(("There are no native libraries of the embedding model for %s on %s. Run the "
				+ "application on Linux (x64, aarch64), macOS (Apple silicon) or Windows (x64).")
			.formatted(system, architecture));
	}

	/**
	 * The folder of ONNX Runtime's libraries on the class path.
	 */
	String runtimeFolder() {
		return "ai/onnxruntime/native/" + this.runtimeName + "/";
	}

	/**
	 * The folder of the tokenizer's libraries on the class path.
	 */
	String tokenizerFolder() {
		return "native/lib/" + this.tokenizerName + "/cpu/";
	}

	/**
	 * The folder of JNA's library on the class path.
	 */
	String jnaFolder() {
		return "com/sun/jna/" + this.jnaName + "/";
	}

}
