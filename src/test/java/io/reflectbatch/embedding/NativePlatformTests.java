package io.reflectbatch.embedding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NativePlatform}.
 */
class NativePlatformTests {

	@ParameterizedTest
	@CsvSource({ "Linux,amd64,LINUX_X64,.so,.so", "Linux,aarch64,LINUX_AARCH64,.so,.so",
			"Mac OS X,aarch64,MACOS_AARCH64,.dylib,.jnilib", "Windows 11,amd64,WINDOWS_X64,.dll,.dll" })
	void everyPlatformHasItsLibrariesOnTheClassPath(String system, String architecture, NativePlatform expected,
			String suffix, String jnaSuffix) {
		NativePlatform platform = NativePlatform.of(system, architecture);
		assertThat(platform).isEqualTo(expected);
		String prefix = suffix.equals(".dll") ? "" : "lib";
		assertThat(BundledFile.find(platform.runtimeFolder() + prefix + "onnxruntime" + suffix)).isPresent();
		assertThat(BundledFile.find(platform.runtimeFolder() + prefix + "onnxruntime4j_jni" + suffix)).isPresent();
		assertThat(BundledFile.find(platform.tokenizerFolder() + prefix + "tokenizers" + suffix)).isPresent();
		assertThat(BundledFile.find(platform.jnaFolder() + prefix + "jnidispatch" + jnaSuffix)).isPresent();
	}

	@Test
	void saysWhichPlatformsThereAre() {
		assertThatExceptionOfType(EmbeddingException.class).isThrownBy(() -> NativePlatform.of("Mac OS X", "x86_64"))
			.withMessageContaining("Mac OS X on x86_64")
			.withMessageContaining("Apple silicon");
	}

}
