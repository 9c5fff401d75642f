package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Unpacks the native libraries of ONNX Runtime and of the tokenizer, and tells both where
 * they are. Left alone, they unpack themselves to the temporary and the home directory,
 * 29 MB of it anew at every start.
 * <p>
 * A JVM loads them once, so the first home wins; a location that the environment or the
 * command line names already beats it.
 */
final class NativeLibraries {

	private static final String RUNTIME_PATH = "onnxruntime.native.path";

	private static final String TOKENIZER_PATH = "RUST_LIBRARY_PATH";

	/**
	 * On Windows the tokenizer needs these three, and loads them from its own folder;
	 * ONNX Runtime would unpack the last if it did not find it.
	 */
	private static final List<String> TOKENIZER_COMPANIONS = List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll",
			"libstdc++-6.dll");

	private static final List<String> RUNTIME_COMPANIONS = List
		.of(System.mapLibraryName("onnxruntime_providers_shared"));

	private NativeLibraries() {
	}

	/**
	 * Prepares both; to be called before their classes are used.
	 * @param home the directory under which everything is written
	 */
	static synchronized void prepare(Path home) {
		Path directory = home.resolve("native").toAbsolutePath();
		keepTokenizerLocal(directory);
		if (configured(RUNTIME_PATH) == null) {
			System.setProperty(RUNTIME_PATH, unpackRuntime(directory).toString());
		}
		if (configured(TOKENIZER_PATH) == null) {
			System.setProperty(TOKENIZER_PATH, unpackTokenizer(directory).toString());
		}
	}

	/**
	 * No processor but this one, no network (DJL asks the cloud's metadata service who it
	 * is), no file elsewhere. DJL reads the environment, then the system properties.
	 */
	private static void keepTokenizerLocal(Path directory) {
		setIfMissing("RUST_FLAVOR", "cpu");
		setIfMissing("DJL_OFFLINE", "true");
		setIfMissing("OPT_OUT_TRACKING", "true");
		setIfMissing("DJL_CACHE_DIR", directory.resolve("djl").toString());
		// DJL asks CUDA, where there is one, through JNA, which unpacks itself.
		setIfMissing("jna.tmpdir", directory.toString());
	}

	private static void setIfMissing(String name, String value) {
		if (configured(name) == null) {
			System.setProperty(name, value);
		}
	}

	private static @Nullable String configured(String name) {
		String value = System.getenv(name);
		return (value != null) ? value : System.getProperty(name);
	}

	private static Path unpackRuntime(Path directory) {
		String folder = NativePlatform.current().runtimeFolder();
		BundledFile library = BundledFile.of(folder + System.mapLibraryName("onnxruntime"));
		Path target = versionedFolder(directory, "onnxruntime", library);
		library.unpackTo(target, System.mapLibraryName("onnxruntime"));
		String binding = System.mapLibraryName("onnxruntime4j_jni");
		BundledFile.of(folder + binding).unpackTo(target, binding);
		unpackCompanions(folder, RUNTIME_COMPANIONS, target);
		return target;
	}

	/**
	 * Returns the library itself: given a folder, DJL looks for CUDA variants in it.
	 */
	private static Path unpackTokenizer(Path directory) {
		String folder = NativePlatform.current().tokenizerFolder();
		String name = System.mapLibraryName("tokenizers");
		BundledFile library = BundledFile.of(folder + name);
		Path target = versionedFolder(directory, "tokenizers", library);
		unpackCompanions(folder, TOKENIZER_COMPANIONS, target);
		return library.unpackTo(target, name);
	}

	/**
	 * Named after the content: another version never overwrites a library that a running
	 * process has mapped.
	 */
	private static Path versionedFolder(Path directory, String name, BundledFile library) {
		return directory.resolve(name + "-" + library.crc());
	}

	private static void unpackCompanions(String folder, List<String> names, Path target) {
		for (String name : names) {
			BundledFile.find(folder + name).ifPresent((file) -> file.unpackTo(target, name));
		}
	}

}
