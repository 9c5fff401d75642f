package io.reflectbatch.embedding;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelFiles}.
 */
class ModelFilesTests {

	@TempDir
	Path directory;

	@Test
	void namesTheModelThatIsBundled() throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		try (InputStream graph = new DigestInputStream(BundledFile.of(ModelFiles.SHIPPED_GRAPH).open(), digest)) {
			graph.transferTo(OutputStream.nullOutputStream());
		}
		assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(ModelFiles.SHIPPED_SHA256);
	}

	@Test
	void fp32KeepsItsMatricesInTheShippedFile() throws Exception {
		ModelFiles files = new ModelFiles(this.directory);
		Path fused = files.fusedGraph(Precision.FP32);
		assertThat(Files.size(fused)).isLessThan(1_000_000);
		assertThat(this.directory).isDirectoryContaining((file) -> file.equals(files.shippedGraph()));
		assertThat(fused.getFileName().toString()).matches("all-minilm-l6-v2-fp32-[0-9a-f]{8}\\.onnx");
	}

	@Test
	void int8HasItsMatricesBesideTheGraph() throws Exception {
		Path fused = new ModelFiles(this.directory).fusedGraph(Precision.INT8);
		assertThat(Files.size(fused)).isLessThan(2_000_000);
		assertThat(fused.resolveSibling("int8.weights")).isRegularFile();
		assertThat(this.directory.relativize(fused).toString())
			.matches("all-minilm-l6-v2-int8-[0-9a-f]{8}-[0-9a-f]{8}/int8.onnx");
	}

	@Test
	void int8NeedsNothingOfTheShippedFile() {
		new ModelFiles(this.directory).fusedGraph(Precision.INT8);
		assertThat(this.directory).isDirectoryNotContaining(Files::isRegularFile);
	}

}
