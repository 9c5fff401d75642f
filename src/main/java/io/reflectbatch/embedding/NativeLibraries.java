package io.reflectbatch.embedding;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Unpacks the native libraries under the application's home and says where they are. Left
 * alone, each of them unpacks itself to the temporary or the home directory of the user,
 * 29 MB of it anew at every start.
 * <p>
 * A JVM loads them once, so the first home wins; a location that the environment or the
 * command line names already beats it.
 */
final class NativeLibraries {

	private static final String RUNTIME_PATH = "onnxruntime.native.path";

	private static final String TOKENIZER_PATH = "RUST_LIBRARY_PATH";

	private static final String JNA_PATH = "jna.boot.library.path";

	/**
	 * On Windows ONNX Runtime would unpack this one if it did not find it.
	 */
	private static final List<String> RUNTIME_COMPANIONS = List
		.of(System.mapLibraryName("onnxruntime_providers_shared"));

	/**
	 * On Windows the tokenizer needs these, and loads them from its own folder.
	 */
	private static final List<String> TOKENIZER_COMPANIONS = List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll",
			"libstdc++-6.dll");

	private NativeLibraries() {
	}

	/**
	 * Prepares all of them; to be called before their classes are used.
	 * @param home the directory under which everything is written
	 */
	static synchronized void prepare(Path home) {
		Path directory = home.resolve("native").toAbsolutePath();
		NativePlatform platform = NativePlatform.current();
		setIfMissing(JNA_PATH, () -> unpackJna(platform, directory));
		setIfMissing(RUNTIME_PATH, () -> unpackRuntime(platform, directory));
		setIfMissing(TOKENIZER_PATH, () -> unpackTokenizer(platform, directory));
		keepLocal(directory);
	}

	/**
	 * No processor but this one, no network (DJL asks the cloud's metadata service who it
	 * is), no file elsewhere: DJL looks for graphics cards with JNA even so. It reads the
	 * environment, then the system properties.
	 */
	private static void keepLocal(Path directory) {
		setIfMissing("RUST_FLAVOR", () -> "cpu");
		setIfMissing("DJL_OFFLINE", () -> "true");
		setIfMissing("OPT_OUT_TRACKING", () -> "true");
		setIfMissing("DJL_CACHE_DIR", () -> directory.resolve("djl"));
		// Otherwise JNA makes and tidies a directory for unpacking under ~/.cache.
		setIfMissing("jna.nounpack", () -> "true");
	}

	private static void setIfMissing(String name, Supplier<Object> value) {
		if (System.getenv(name) == null && System.getProperty(name) == null) {
			System.setProperty(name, value.get().toString());
		}
	}

	private static Path unpackRuntime(NativePlatform platform, Path directory) {
		String library = System.mapLibraryName("onnxruntime");
		Path target = unpack(platform.runtimeFolder(), library, directory.resolve("onnxruntime"));
		String binding = System.mapLibraryName("onnxruntime4j_jni");
		BundledFile.of(platform.runtimeFolder() + binding).unpackTo(target, binding);
		unpackCompanions(platform.runtimeFolder(), RUNTIME_COMPANIONS, target);
		return target;
	}

	/**
	 * Returns the library itself: given a folder, DJL looks for CUDA variants in it.
	 */
	private static Path unpackTokenizer(NativePlatform platform, Path directory) {
		String library = System.mapLibraryName("tokenizers");
		Path target = unpack(platform.tokenizerFolder(), library, directory.resolve("tokenizers"));
		unpackCompanions(platform.tokenizerFolder(), TOKENIZER_COMPANIONS, target);
		return target.resolve(library);
	}

	private static Path unpackJna(NativePlatform platform, Path directory) {
		String library = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
		return unpack(platform.jnaFolder(), library, directory.resolve("jna"));
	}

	/**
	 * Unpacks to a folder that is named after the content, so that another version never
	 * overwrites a library that a running process has mapped.
	 */
	private static Path unpack(String folder, String name, Path directory) {
		BundledFile library = BundledFile.of(folder + name);
		Path target = directory.resolveSibling(directory.getFileName() + "-" + library.crc());
		library.unpackTo(target, name);
		return target;
	}

	private static void unpackCompanions(String folder, List<String> names, Path target) {
		for (String name : names) {
			BundledFile.find(folder + name).ifPresent((file) -> file.unpackTo(target, name));
		}
	}

}
