package io.reflectbatch.embedding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Transformer}.
 */
class TransformerTests {

	private static final ModelFiles FILES = new ModelFiles(Path.of("target", "reflect-home", "model"));

	private static final long[] IDS = { 101, 2023, 2003, 2019, 2742, 6251, 102 };

	@TempDir
	Path directory;

	@BeforeAll
	static void prepare() {
		NativeLibraries.prepare(Path.of("target", "reflect-home"));
	}

	@Test
	void usesThePublishedGraphWhereTheRuntimeLacksAnOperator() throws IOException {
		Path unknown = withUnknownOperator(FILES.fusedGraph(Precision.INT8));
		try (Transformer transformer = Transformer.open(unknown, FILES::shippedGraph, 16);
				Transformer published = Transformer.open(FILES.shippedGraph(), Pooling.MEAN, 16)) {
			assertThat(transformer.run(IDS)).containsExactly(published.run(IDS));
		}
	}

	@Test
	void usesTheFusedGraphWhereItCan() {
		try (Transformer transformer = Transformer.open(FILES.fusedGraph(Precision.INT8), FILES::shippedGraph, 16);
				Transformer published = Transformer.open(FILES.shippedGraph(), Pooling.MEAN, 16)) {
			assertThat(transformer.run(IDS)).isNotEqualTo(published.run(IDS));
		}
	}

	@Test
	void saysWhichGraphIsDamagedAndUsesNoOther() throws IOException {
		byte[] graph = Files.readAllBytes(FILES.fusedGraph(Precision.INT8));
		Path half = Files.write(this.directory.resolve("half.onnx"), Arrays.copyOf(graph, graph.length / 2));
		assertThatExceptionOfType(EmbeddingException.class)
			.isThrownBy(() -> Transformer.open(half, FILES::shippedGraph, 16))
			.withMessageContaining(half.toString());
	}

	private Path withUnknownOperator(Path graph) throws IOException {
		String content = new String(Files.readAllBytes(graph), StandardCharsets.ISO_8859_1);
		return Files.write(this.directory.resolve("unknown.onnx"),
				content.replace("SkipLayerNormalization", "SkipLayerNormalisation")
					.getBytes(StandardCharsets.ISO_8859_1));
	}

}
