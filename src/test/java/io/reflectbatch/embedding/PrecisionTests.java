package io.reflectbatch.embedding;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Precision}.
 */
class PrecisionTests {

	@ParameterizedTest
	@EnumSource
	void namesTheModelThatIsBundled(Precision precision) throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		try (InputStream graph = new DigestInputStream(BundledFile.of(precision.graphResource()).open(), digest)) {
			graph.transferTo(OutputStream.nullOutputStream());
		}
		assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(precision.graphSha256());
		assertThat(precision.graphFileName()).contains(precision.graphSha256().substring(0, 12)).endsWith(".onnx");
	}

}
